package io.github.claudefleet.workspace;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name or URL of a remote repository. A password in the URL reaches git through a credential helper that reads it from
 * the environment. It appears in no argument, message or file that others can read.
 */
record RemoteUrl(String value) {

    /** Credential helper that prints the user and password of its environment. */
    static final String HELPER = "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n'"
            + " \"$CLAUDE_FLEET_GIT_USER\" \"$CLAUDE_FLEET_GIT_PASSWORD\"; }; f";

    private static final Pattern WITH_PASSWORD = Pattern.compile("(https?://)([^/@:\\s]*):([^/@\\s]*)@(.*)");
    private static final Pattern USER_INFO = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^/\\s'\"]+@");

    /** Masks the user information of URLs in a text. */
    static String masked(String text) {
        return USER_INFO.matcher(text).replaceAll("$1***@");
    }

    /** Returns the URL for git's arguments, without the password. */
    String argument() {
        Matcher matcher = WITH_PASSWORD.matcher(value);
        return matcher.matches() ? matcher.group(1) + matcher.group(4) : value;
    }

    /** Returns the environment of {@link #HELPER}; empty if the URL has no password. */
    Map<String, String> credential() {
        Matcher matcher = WITH_PASSWORD.matcher(value);
        return matcher.matches()
                ? Map.of(
                        "CLAUDE_FLEET_GIT_USER", decoded(matcher.group(2)),
                        "CLAUDE_FLEET_GIT_PASSWORD", decoded(matcher.group(3)))
                : Map.of();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that starts no escape is meant literally.
            return text;
        }
    }

    @Override
    public String toString() {
        return masked(value);
    }
}
