package io.github.claudefleet.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that a fleet is to work on, and how fast.
 *
 * @param queues in the order of the pom
 * @param maxConcurrent how many tasks at once, or empty for as many as there are agents
 * @param stagger the least time between two launches
 * @param maxCost what all tasks may cost together, or empty for no limit
 * @param quota what to do when the account's quota is used up
 */
public record WorkSpec(
        List<TaskQueue> queues,
        Optional<Integer> maxConcurrent,
        Duration stagger,
        Optional<Usd> maxCost,
        LoginSpec.Quota quota) {

    /** No work: agents wait for {@code docker exec}. */
    public static final WorkSpec NONE =
            new WorkSpec(List.of(), Optional.empty(), Duration.ZERO, Optional.empty(), LoginSpec.Quota.DEFAULT);

    public WorkSpec {
        queues = List.copyOf(queues);
    }

    public boolean isNone() {
        return queues.isEmpty();
    }
}
