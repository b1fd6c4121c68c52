package io.github.claudefleet.spec;

/** Makes one short line of any text. */
public final class OneLine {

    private OneLine() {}

    /** @param longest characters, as people count them */
    public static String of(String text, int longest) {
        String head = text.length() > 8 * longest ? text.substring(0, 8 * longest) : text;
        String line = head.strip().replaceAll("[\\s\\p{Cc}]+", " ");
        boolean cut = line.codePointCount(0, line.length()) > longest;
        return cut ? line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…" : line;
    }
}
