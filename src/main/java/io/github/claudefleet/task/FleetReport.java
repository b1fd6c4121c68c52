package io.github.claudefleet.task;

import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of all that a fleet was to do.
 *
 * @param fleet whose
 * @param began when its first task began, or when {@code await} did where none has
 * @param ended when the last one ended; empty while some are still to come
 * @param maxCost what all may cost together, where the pom says
 * @param tasks in the pom's order
 */
public record FleetReport(
        FleetName fleet, Instant began, Optional<Instant> ended, Optional<Usd> maxCost, List<TaskReport> tasks) {

    public FleetReport {
        tasks = List.copyOf(tasks);
    }

    /** What all tasks cost together. */
    public Usd cost() {
        return tasks.stream().map(TaskReport::cost).reduce(Usd.ZERO, Usd::plus);
    }

    /** What all tasks took of the model. */
    public TokenUsage tokens() {
        return tasks.stream().map(TaskReport::tokens).reduce(TokenUsage.NONE, TokenUsage::plus);
    }

    /** How many tasks ended so. */
    public long count(Outcome outcome) {
        return tasks.stream().filter(task -> task.outcome() == outcome).count();
    }
}
