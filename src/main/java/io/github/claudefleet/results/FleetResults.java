package io.github.claudefleet.results;

import io.github.claudefleet.spec.EgressUse;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.TaskReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Contents of {@code fleet.json}.
 *
 * @param origin fleet and build of the results
 * @param report tasks as they were awaited last
 * @param earlier tasks of earlier runs of the same fleet in the same build, which a later run does not remove
 * @param egress hosts that the agents of this run asked for, if they have a gateway
 * @param collected time at which the agents' changes were integrated and {@code changes.json} was written; empty before
 */
public record FleetResults(
        ResultsOrigin origin,
        FleetReport report,
        List<TaskReport> earlier,
        List<EgressUse> egress,
        Optional<Instant> collected) {

    public FleetResults {
        earlier = List.copyOf(earlier);
        egress = List.copyOf(egress);
    }

    /** Creates results without hosts. */
    FleetResults(ResultsOrigin origin, FleetReport report, List<TaskReport> earlier, Optional<Instant> collected) {
        this(origin, report, earlier, List.of(), collected);
    }

    /** Returns all tasks of the build; those of earlier runs come last. */
    public FleetReport ofAllRuns() {
        return new FleetReport(
                report.fleet(),
                report.began(),
                report.ended(),
                report.maxCost(),
                Stream.concat(report.tasks().stream(), earlier.stream()).toList());
    }

    /** Returns the cost of all runs. */
    public Usd cost() {
        return ofAllRuns().cost();
    }

    /** Returns the number of tasks of all runs, except those that are not chosen. */
    public int size() {
        return (int) ofAllRuns().counted();
    }

    /** Returns the time at which the last task ended; empty while tasks are pending. */
    public Optional<Instant> ended() {
        return report.ended();
    }

    FleetResults collectedAt(Instant time) {
        return new FleetResults(origin, report, earlier, egress, Optional.of(time));
    }

    /**
     * Returns the tasks of this run and of earlier ones that a later report of the same fleet does not contain. A task
     * that was started again has another start time. A task that never started is replaced by the one of its name.
     */
    List<TaskReport> notIn(FleetReport later) {
        return ofAllRuns().tasks().stream()
                .filter(task -> later.tasks().stream().noneMatch(other -> isSameRun(task, other)))
                .toList();
    }

    private static boolean isSameRun(TaskReport task, TaskReport later) {
        return task.task().equals(later.task())
                && (task.times().began().isEmpty()
                        || task.times().began().equals(later.times().began()));
    }
}
