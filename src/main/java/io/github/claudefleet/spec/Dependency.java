package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * Dependency of tasks on what another agent does.
 *
 * @param agent name of the agent in the pom
 * @param queue its queue; agents with replicas have one for each
 * @param task the only task of the queue that counts, or empty for all
 * @param evenIfFailed true if it need not be done, only over
 */
public record Dependency(AgentName agent, AgentName queue, Optional<TaskId> task, boolean evenIfFailed) {

    /** Returns a dependency on all that the agent does. */
    public static Dependency on(AgentName agent) {
        return new Dependency(agent, agent, Optional.empty(), false);
    }

    /** Returns a dependency on the end of all that the agent does, however it ends. */
    public static Dependency onEnd(AgentName agent) {
        return new Dependency(agent, agent, Optional.empty(), true);
    }

    /** Checks whether a task counts. */
    public boolean covers(TaskId id) {
        return id.queue().equals(queue) && task.filter(only -> !only.equals(id)).isEmpty();
    }

    /** Returns the name in the pom. */
    @Override
    public String toString() {
        return task.map(TaskId::toString).orElseGet(queue::value);
    }
}
