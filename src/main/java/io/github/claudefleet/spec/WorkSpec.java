package io.github.claudefleet.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All work of a fleet, with its pace.
 *
 * @param queues queues in the order of the pom
 * @param groups candidates of which one is chosen
 * @param maxConcurrent maximum number of tasks at once, or empty for the number of agents
 * @param stagger minimum time between two launches
 * @param maxCost maximum cost of all tasks together, or empty for no limit
 * @param daily limit for all fleets of the project in a day, or empty for no limit
 * @param quota behaviour when the account's quota is used up
 */
public record WorkSpec(
        List<TaskQueue> queues,
        List<CandidateGroup> groups,
        Optional<Integer> maxConcurrent,
        Duration stagger,
        Optional<Usd> maxCost,
        Optional<DailyLimit> daily,
        LoginSpec.Quota quota) {

    /** No work: agents wait for {@code docker exec}. */
    public static final WorkSpec NONE =
            new WorkSpec(List.of(), Optional.empty(), Duration.ZERO, Optional.empty(), LoginSpec.Quota.DEFAULT);

    public WorkSpec {
        queues = List.copyOf(queues);
        groups = List.copyOf(groups);
    }

    /** Creates work without candidates and without a limit in a day. */
    public WorkSpec(
            List<TaskQueue> queues,
            Optional<Integer> maxConcurrent,
            Duration stagger,
            Optional<Usd> maxCost,
            LoginSpec.Quota quota) {
        this(queues, List.of(), maxConcurrent, stagger, maxCost, Optional.empty(), quota);
    }

    /** Returns a copy whose tasks are all sent to the agents. */
    WorkSpec sent() {
        return new WorkSpec(
                queues.stream().map(TaskQueue::sent).toList(), groups, maxConcurrent, stagger, maxCost, daily, quota);
    }

    /** Returns a copy without a limit in a day. */
    WorkSpec withoutDailyLimit() {
        return new WorkSpec(queues, groups, maxConcurrent, stagger, maxCost, Optional.empty(), quota);
    }

    /** Returns the group that an agent is a candidate of. */
    public Optional<CandidateGroup> groupOf(AgentName candidate) {
        return groups.stream()
                .filter(group -> group.candidates().contains(candidate))
                .findFirst();
    }

    /** Returns the group that an agent judges. */
    public Optional<CandidateGroup> judgedBy(AgentName judge) {
        return groups.stream()
                .filter(group -> group.judge().equals(Optional.of(judge)))
                .findFirst();
    }

    public boolean isNone() {
        return queues.isEmpty();
    }

    /** Returns true if there is a task. Agents whose tasks come from a source may have none in this run. */
    public boolean hasTasks() {
        return queues.stream().anyMatch(queue -> !queue.tasks().isEmpty());
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
