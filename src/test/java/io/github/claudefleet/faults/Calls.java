package io.github.claudefleet.faults;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Matcher for calls of the engine's API.
 *
 * @param method such as {@code POST}
 * @param path pattern for the path without the API's version; the query counts only if the pattern has one
 * @param subject further condition on the path
 */
record Calls(String method, Pattern path, Predicate<String> subject) {

    private static final Pattern VERSION = Pattern.compile("^/v\\d+\\.\\d+(?=/)");

    static Calls of(String method, String path) {
        return of(method, path, target -> true);
    }

    static Calls of(String method, String path, Predicate<String> subject) {
        return new Calls(method, Pattern.compile(path), subject);
    }

    /** @param target path and query of a request, without the API's version */
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
