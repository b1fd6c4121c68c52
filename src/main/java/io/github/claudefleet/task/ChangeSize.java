package io.github.claudefleet.task;

import java.util.Comparator;

/**
 * Size of what an agent has changed.
 *
 * @param lines number of lines that are added or removed
 * @param files number of changed files
 * @param problem reason why it is unknown; empty if it is known
 */
public record ChangeSize(long lines, int files, String problem) implements Comparable<ChangeSize> {

    private static final Comparator<ChangeSize> ORDER =
            Comparator.comparingLong(ChangeSize::lines).thenComparingInt(ChangeSize::files);

    /** Returns a known size. */
    public static ChangeSize of(long lines, int files) {
        return new ChangeSize(lines, files, "");
    }

    /** Returns a size that could not be measured. */
    public static ChangeSize unknown(String problem) {
        return new ChangeSize(0, 0, problem);
    }

    boolean isKnown() {
        return problem.isEmpty();
    }

    @Override
    public int compareTo(ChangeSize other) {
        return ORDER.compare(this, other);
    }
}
