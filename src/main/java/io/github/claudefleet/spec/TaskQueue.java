package io.github.claudefleet.spec;

import java.util.List;
import java.util.Optional;

/**
 * Tasks that are assigned one by one, in their order, to the agents of a crew.
 *
 * @param name name of the agent in the pom
 * @param tasks tasks; none if their source has none in this run
 * @param agents agents that take the tasks, one for each replica; an agent belongs to one queue at most
 * @param atOnce true if the only agent begins the only task as soon as it is ready, without an assignment
 * @param dependsOn work of other agents that must be over before
 * @param taskTimeouts time limits of each task
 * @param maxCost maximum cost of one task, or empty for no limit
 * @param retries maximum number of retries of a task that failed for a transient reason
 * @param check check of each task, or empty
 */
public record TaskQueue(
        AgentName name,
        List<Task> tasks,
        List<AgentName> agents,
        boolean atOnce,
        List<Dependency> dependsOn,
        TaskTimeouts taskTimeouts,
        Optional<Usd> maxCost,
        int retries,
        Optional<CheckSpec> check) {

    public static final int DEFAULT_RETRIES = 2;

    public TaskQueue {
        tasks = List.copyOf(tasks);
        agents = List.copyOf(agents);
        dependsOn = List.copyOf(dependsOn);
    }

    /** Returns a copy whose tasks are sent to the agents. */
    TaskQueue sent() {
        return new TaskQueue(name, tasks, agents, false, dependsOn, taskTimeouts, maxCost, retries, check);
    }
}
