package io.github.claudefleet.init;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Difference of two texts as {@code git diff} shows it, for texts that differ in one place. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;
    private static final String NO_LINE_END = "\\ No newline at end of file";

    private UnifiedDiff() {}

    /** Returns the lines of the difference, without line feeds; empty for equal texts. */
    static List<String> of(String name, String old, String changed) {
        List<String> before = lines(old);
        List<String> after = lines(changed);
        int most = Math.min(before.size(), after.size());
        int first = 0;
        while (first < most && before.get(first).equals(after.get(first))) {
            first++;
        }
        int last = 0;
        while (last < most - first && before.get(before.size() - 1 - last).equals(after.get(after.size() - 1 - last))) {
            last++;
        }
        if (first == before.size() && first == after.size()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("--- a/" + name, "+++ b/" + name));
        lines.addAll(hunk(before, after, first, last));
        return lines;
    }

    /** Returns the lines of the difference that a new file makes. */
    static List<String> ofNew(String name, String text) {
        List<String> lines = new ArrayList<>(List.of("--- /dev/null", "+++ b/" + name));
        lines.addAll(hunk(List.of(), lines(text), 0, 0));
        return lines;
    }

    private static List<String> hunk(List<String> before, List<String> after, int first, int last) {
        int begin = Math.max(0, first - CONTEXT);
        int tail = Math.max(0, last - CONTEXT);
        List<String> lines = new ArrayList<>();
        lines.add("@@ -" + range(begin, before.size() - tail) + " +" + range(begin, after.size() - tail) + " @@");
        add(lines, " ", before.subList(begin, first));
        add(lines, "-", before.subList(first, before.size() - last));
        add(lines, "+", after.subList(first, after.size() - last));
        add(lines, " ", before.subList(before.size() - last, before.size() - tail));
        return lines;
    }

    private static String range(int begin, int end) {
        return (end == begin ? begin : begin + 1) + "," + (end - begin);
    }

    private static void add(List<String> lines, String sign, List<String> text) {
        for (String line : text) {
            boolean ended = line.endsWith("\n");
            lines.add(sign + (ended ? line.substring(0, line.length() - 1) : line));
            if (!ended) {
                lines.add(NO_LINE_END);
            }
        }
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Stream.of(text.split("(?<=\n)")).toList();
    }
}
