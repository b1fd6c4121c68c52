package io.github.claudefleet.spec;

import java.util.Locale;
import java.util.regex.Pattern;

/** Rule for names that become part of container, network and volume names, which engines limit. */
final class Names {

    /**
     * Pattern of a valid name. Docker accepts {@code [a-zA-Z0-9][a-zA-Z0-9_.-]}; lower case alone is also valid as a
     * host name on a network.
     */
    private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,38}[a-z0-9])?");

    private Names() {}

    static boolean isValid(String value) {
        return VALID.matcher(value).matches();
    }

    static String check(String parameter, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidSpecException(parameter, "is missing", "Give it a name such as \"reviewer\".");
        }
        if (!isValid(value)) {
            throw new InvalidSpecException(
                    parameter,
                    "\"" + value + "\" is not a valid name",
                    "Use up to 40 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or"
                            + " digit, for example \"" + suggestionFor(value) + "\".");
        }
        return value;
    }

    /** Returns the nearest valid name to any text, or {@code "fleet"} if no character of it can be kept. */
    static String suggestionFor(String text) {
        String kept = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
        String cut = kept.substring(0, Math.min(40, kept.length())).replaceAll("^[.-]+|[.-]+$", "");
        return cut.isEmpty() ? "fleet" : cut;
    }
}
