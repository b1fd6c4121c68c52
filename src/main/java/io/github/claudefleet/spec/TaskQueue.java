package io.github.claudefleet.spec;

import java.util.List;
import java.util.Optional;

/**
 * Work, and who does it: tasks that are given out one by one to the agents of a crew, in their order.
 *
 * @param name the agent's in the pom
 * @param tasks at least one
 * @param agents the agents that take them, one for each replica; an agent belongs to one queue at most
 * @param atOnce whether the only agent begins with the only task as soon as it is ready, without being told to
 * @param dependsOn the queues that have to be done before
 * @param taskTimeouts how long each task may take
 * @param maxCost what one task may cost, or empty for no limit
 * @param retries how often a task that failed for a passing reason is begun again
 * @param check a command that has to succeed in the workspace after each task, or empty
 */
public record TaskQueue(
        AgentName name,
        List<Task> tasks,
        List<AgentName> agents,
        boolean atOnce,
        List<AgentName> dependsOn,
        TaskTimeouts taskTimeouts,
        Optional<Usd> maxCost,
        int retries,
        Optional<String> check) {

    public static final int DEFAULT_RETRIES = 2;

    public TaskQueue {
        tasks = List.copyOf(tasks);
        agents = List.copyOf(agents);
        dependsOn = List.copyOf(dependsOn);
    }
}
