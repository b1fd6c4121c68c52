package io.github.claudefleet.docker;

import java.util.regex.Pattern;

/** Shortens ids as the Docker command line does. */
final class ShortIds {

    private static final Pattern FULL = Pattern.compile("[0-9a-f]{64}");
    private static final int SHOWN = 12;

    private ShortIds() {}

    /** Returns the first twelve digits of a full id; anything else, such as a name, unchanged. */
    static String shown(String id) {
        return FULL.matcher(id).matches() ? id.substring(0, SHOWN) : id;
    }
}
