package io.github.claudefleet.config;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.TaskQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Work of all agents, with dependencies resolved to names of queues. */
final class TaskQueues {

    private final Map<AgentName, List<TaskQueue>> byAgent = new LinkedHashMap<>();

    /** Adds the queues of an agent of the pom; an idle agent has none. */
    void add(AgentName agent, List<TaskQueue> queues) {
        byAgent.put(agent, queues);
    }

    /**
     * Returns all queues, in the pom's order.
     *
     * @throws InvalidSpecException if one depends on an unknown agent or on one without work, or if there is a cycle
     */
    List<TaskQueue> all() {
        byAgent.keySet().forEach(agent -> refuseCircle(agent, new ArrayList<>()));
        return byAgent.values().stream()
                .flatMap(List::stream)
                .map(this::resolved)
                .toList();
    }

    private TaskQueue resolved(TaskQueue queue) {
        List<AgentName> names = queue.dependsOn().stream()
                .flatMap(agent -> queuesOf(queue.name(), agent).stream())
                .map(TaskQueue::name)
                .toList();
        return new TaskQueue(
                queue.name(),
                queue.tasks(),
                queue.agents(),
                queue.atOnce(),
                names,
                queue.taskTimeouts(),
                queue.maxCost(),
                queue.retries(),
                queue.check());
    }

    private List<TaskQueue> queuesOf(AgentName dependent, AgentName agent) {
        List<TaskQueue> queues = byAgent.getOrDefault(agent, List.of());
        if (queues.isEmpty()) {
            throw new InvalidSpecException(
                    "agent.dependsOn",
                    "of agent " + dependent + " names \"" + agent + "\", "
                            + (byAgent.containsKey(agent)
                                    ? "which has nothing to do"
                                    : "which is no agent of this fleet"),
                    "Name agents that have a prompt or tasks, as they are called in the pom.");
        }
        return queues;
    }

    private void refuseCircle(AgentName agent, List<AgentName> way) {
        if (way.contains(agent)) {
            way.add(agent);
            throw new InvalidSpecException(
                    "agent.dependsOn",
                    "goes in a circle: "
                            + String.join(
                                    " -> ", way.stream().map(AgentName::value).toList()),
                    "Take one of these away.");
        }
        Set<AgentName> next = new HashSet<>();
        byAgent.getOrDefault(agent, List.of()).forEach(queue -> next.addAll(queue.dependsOn()));
        way.add(agent);
        next.stream().sorted().forEach(other -> refuseCircle(other, new ArrayList<>(way)));
    }
}
