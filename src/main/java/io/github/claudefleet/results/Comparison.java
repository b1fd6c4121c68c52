package io.github.claudefleet.results;

import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Comparison of a run with an earlier one, task by task.
 *
 * @param earlier earlier run
 * @param now run that is compared with it
 */
record Comparison(FleetReport earlier, FleetReport now) {

    static final List<String> COLUMNS = List.of("Time", "Cost", "Tokens in", "Tokens out");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT);

    /**
     * Task of one of the runs, or of both.
     *
     * @param before report of the earlier run; empty for a new task
     * @param after report of this run; empty for a task that is gone
     */
    record Row(TaskId task, Optional<TaskReport> before, Optional<TaskReport> after) {

        /** Returns true if the task has another outcome than in the earlier run. */
        boolean hasChanged() {
            return before.isPresent()
                    && after.isPresent()
                    && before.get().outcome() != after.get().outcome();
        }

        /** Returns the outcome in this run, or the last one of a task that is gone. */
        Outcome outcome() {
            return after.or(() -> before).orElseThrow().outcome();
        }

        /** Returns the word for a task of one run only, with a separator; empty for a task of both. */
        String label() {
            if (before.isEmpty()) {
                return "new: ";
            }
            return after.isEmpty() ? "gone: " : "";
        }

        /** Returns the texts for {@link #COLUMNS}. */
        List<String> numbers() {
            return new Difference(before.map(Figures::of), after.map(Figures::of)).texts();
        }
    }

    /**
     * Returns the comparison of a run with an earlier one; empty if there is none. A run that has not ended is not
     * compared, because its missing tasks would seem to be gone. A run that is awaited again is not compared with
     * itself.
     */
    static Optional<Comparison> of(FleetReport now, Optional<FleetResults> earlier) {
        return earlier.map(FleetResults::report)
                .filter(before -> now.ended().isPresent())
                .filter(before -> !before.began().equals(now.began()))
                .map(before -> new Comparison(before, now));
    }

    String title(ZoneId zone) {
        String fleet = earlier.fleet().equals(now.fleet()) ? "" : " of fleet " + earlier.fleet();
        return "Compared with the run of " + TIME.format(earlier.began().atZone(zone)) + fleet;
    }

    /** Returns the tasks of this run in their order, then those that are gone. */
    List<Row> rows() {
        Map<TaskId, TaskReport> gone = new LinkedHashMap<>();
        earlier.tasks().forEach(task -> gone.put(task.task(), task));
        List<Row> rows = new ArrayList<>();
        for (TaskReport task : now.tasks()) {
            rows.add(new Row(task.task(), Optional.ofNullable(gone.remove(task.task())), Optional.of(task)));
        }
        gone.values().forEach(task -> rows.add(new Row(task.task(), Optional.of(task), Optional.empty())));
        return rows;
    }

    /** Returns the numbers of done tasks. */
    String totalOutcome() {
        return done(earlier) + " → " + done(now);
    }

    /** Returns the texts for {@link #COLUMNS}; the time is that of the whole run. */
    List<String> totals() {
        return new Difference(Optional.of(total(earlier)), Optional.of(total(now))).texts();
    }

    private static String done(FleetReport report) {
        return report.count(Outcome.DONE) + " of " + report.counted() + " done";
    }

    private static Figures total(FleetReport report) {
        Duration took = report.ended()
                .map(ended -> Duration.between(report.began(), ended))
                .orElse(Duration.ZERO);
        return Figures.of(took, report.cost(), report.tokens());
    }
}
