package io.github.claudefleet.spec;

/** Shortens any text to one line. */
public final class OneLine {

    private OneLine() {}

    /**
     * Shortens a text, with an ellipsis for the rest.
     *
     * @param longest maximum number of characters (Unicode code points)
     */
    public static String of(String text, int longest) {
        String head = text.length() > 8 * longest ? text.substring(0, 8 * longest) : text;
        String line = head.strip().replaceAll("[\\s\\p{Cc}]+", " ");
        if (line.codePointCount(0, line.length()) > longest) {
            return line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
        }
        boolean whole =
                text.length() == head.length() || text.substring(head.length()).isBlank();
        return whole ? line : line + "…";
    }
}
