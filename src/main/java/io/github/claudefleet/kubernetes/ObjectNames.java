package io.github.claudefleet.kubernetes;

import io.github.claudefleet.spec.Sha256;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of Kubernetes' objects and values of its labels for the port's names and values, which allow more characters. */
final class ObjectNames {

    /** Also the host name in a pod, which has no dots and at most 63 characters. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern VALUE = Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
    private static final int READABLE = 54;
    private static final int HASH = 8;
    private static final int LONG_HASH = 40;

    private ObjectNames() {}

    /** Returns the name of an object. Different names stay different. */
    static String name(String text) {
        if (NAME.matcher(text).matches()) {
            return text;
        }
        String readable =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+", "");
        String cut = readable.substring(0, Math.min(READABLE, readable.length()));
        return (cut.isEmpty() ? "x" : cut) + "-" + new Sha256().add(text).hex().substring(0, HASH);
    }

    /** Returns the value of a label, by which objects are selected: a hash if the text is no such value. */
    static String value(String text) {
        return VALUE.matcher(text).matches()
                ? text
                : new Sha256().add(text).hex().substring(0, LONG_HASH);
    }
}
