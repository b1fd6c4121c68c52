package io.github.claudefleet.tasksource;

import io.github.claudefleet.spec.AgentName;

/** Listener to the search for tasks. */
public interface TaskSourceListener {

    /**
     * Reports the tasks of an agent.
     *
     * @param source name of their source
     * @param leftOut number of further tasks that are not done in this run, because there is a maximum
     */
    default void tasksFound(AgentName agent, String source, int tasks, int leftOut) {}

    /**
     * Reports that an agent has no tasks in this run.
     *
     * @param reason sentence without a full stop
     */
    default void noTasksFound(AgentName agent, String reason) {}
}
