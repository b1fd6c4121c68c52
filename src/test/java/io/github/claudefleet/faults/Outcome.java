package io.github.claudefleet.faults;

import java.time.Duration;
import java.util.List;

/**
 * What became of a goal one of whose calls was spoiled.
 *
 * @param failure what it said; empty where it did what it was asked
 * @param left what the fleet still had after it, where it should have had nothing
 * @param leftAtLast the same after one more {@code stop}
 */
record Outcome(Row row, Fault fault, String failure, Duration took, List<String> left, List<String> leftAtLast) {

    boolean isDone() {
        return failure.isEmpty();
    }

    boolean namesTheCall() {
        return isDone() || row.words().stream().anyMatch(failure::contains);
    }

    /** Whether a call that nobody spoiled ran out of time: the machine was too busy to tell anything by it. */
    boolean isOfABusyMachine() {
        return !namesTheCall() && failure.contains("no answer within");
    }

    /** For people, with how long it took. */
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
