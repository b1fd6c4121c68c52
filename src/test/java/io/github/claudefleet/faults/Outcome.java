package io.github.claudefleet.faults;

import java.time.Duration;
import java.util.List;

/**
 * Outcome of a goal with a fault in one of its calls.
 *
 * @param failure message of the failure; empty if the goal succeeded
 * @param left resources that the fleet still had afterwards and should not have had
 * @param leftAtLast resources that were left after one more {@code stop}
 */
record Outcome(Row row, Fault fault, String failure, Duration took, List<String> left, List<String> leftAtLast) {

    boolean isDone() {
        return failure.isEmpty();
    }

    boolean namesTheCall() {
        return isDone() || row.words().stream().anyMatch(failure::contains);
    }

    /**
     * Returns true if a call without a fault timed out, because the machine was too busy. Such an outcome proves
     * nothing.
     */
    boolean isOfABusyMachine() {
        return !namesTheCall() && failure.contains("no answer within");
    }

    /** Returns the outcome as readable text, with its duration. */
    String text() {
        String first = failure.lines().findFirst().orElse("done");
        return "%-5s  %-32s  %-12s  %5.1f s  %s%s"
                .formatted(
                        row.goal(),
                        row.call(),
                        fault,
                        took.toMillis() / 1000.0,
                        first.length() > 150 ? first.substring(0, 150) + "..." : first,
                        left.isEmpty() ? "" : "  LEFT " + left);
    }
}
