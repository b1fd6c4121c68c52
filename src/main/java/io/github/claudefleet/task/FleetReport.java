package io.github.claudefleet.task;

import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Report on all tasks of a fleet.
 *
 * @param fleet name of the fleet
 * @param began start of its first task, or of {@code await} if none has begun
 * @param ended end of the last task; empty while some are not judged
 * @param maxCost maximum cost of all tasks, if configured in the pom
 * @param tasks reports in the order of the pom
 */
public record FleetReport(
        FleetName fleet, Instant began, Optional<Instant> ended, Optional<Usd> maxCost, List<TaskReport> tasks) {

    public FleetReport {
        tasks = List.copyOf(tasks);
    }

    /** Returns the total cost of all tasks. */
    public Usd cost() {
        return usage().cost();
    }

    /** Returns the total tokens of all tasks. */
    public TokenUsage tokens() {
        return usage().tokens();
    }

    private TaskReport.Usage usage() {
        return tasks.stream().map(TaskReport::usage).reduce(TaskReport.Usage.NONE, TaskReport.Usage::plus);
    }

    /** Returns the number of tasks that can be done or fail: all but those that are not chosen. */
    public long counted() {
        return tasks.stream().filter(task -> !task.outcome().isNeutral()).count();
    }

    /** Returns the number of tasks with this outcome. */
    public long count(Outcome outcome) {
        return tasks.stream().filter(task -> task.outcome() == outcome).count();
    }
}
