package io.github.claudefleet.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All work of a fleet, with its pace.
 *
 * @param queues queues in the order of the pom
 * @param maxConcurrent maximum number of tasks at once, or empty for the number of agents
 * @param stagger minimum time between two launches
 * @param maxCost maximum cost of all tasks together, or empty for no limit
 * @param quota behaviour when the account's quota is used up
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

    /** Returns the agents that have work, in the order of the queues. */
    public List<AgentName> agents() {
        return queues.stream().flatMap(queue -> queue.agents().stream()).toList();
    }

    /** Returns the tasks that an agent may get. */
    public List<Task> tasksOf(AgentName agent) {
        return queues.stream()
                .filter(queue -> queue.agents().contains(agent))
                .flatMap(queue -> queue.tasks().stream())
                .toList();
    }
}
