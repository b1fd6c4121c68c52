package io.github.claudefleet.faults;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Knows the calls that something is to happen to.
 *
 * @param method such as {@code POST}
 * @param path all of it but the API's version; the query only matters where the pattern has one
 * @param subject whether what such a path names is meant
 */
record Calls(String method, Pattern path, Predicate<String> subject) {

    private static final Pattern VERSION = Pattern.compile("^/v\\d+\\.\\d+(?=/)");

    static Calls of(String method, String path) {
        return of(method, path, target -> true);
    }

    static Calls of(String method, String path, Predicate<String> subject) {
        return new Calls(method, Pattern.compile(path), subject);
    }

    /** @param target as it stands in a request, without the API's version */
    boolean include(String requested, String target) {
        return method.equals(requested)
                && (path.matcher(target).matches()
                        || path.matcher(target.replaceFirst("\\?.*$", "")).matches())
                && subject.test(target);
    }

    static String withoutVersion(String target) {
        return VERSION.matcher(target).replaceFirst("");
    }
}
