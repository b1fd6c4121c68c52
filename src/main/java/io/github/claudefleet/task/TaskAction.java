package io.github.claudefleet.task;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import java.util.Optional;

/** Action on a task. */
public sealed interface TaskAction {

    /** Returns the id of the task. */
    TaskId task();

    /**
     * Makes the agent begin the task.
     *
     * @param attempt number of the attempt, 1 for the first
     * @param atOnce true if the agent was created for this task, and begins it whenever it is started
     * @param budget maximum cost, or empty for no limit
     */
    record Launch(TaskId task, AgentName agent, int attempt, boolean atOnce, Optional<Usd> budget)
            implements TaskAction {}

    /** Stops the attempt: by request first, then by force. */
    record Stop(TaskId task, AgentName agent, StopCause cause, String reason) implements TaskAction {}

    /** Closes the task, whose result is final. */
    record Close(TaskId task, TaskReport report) implements TaskAction {}

    /** Announces another attempt, with the result of the last one. */
    record Retry(TaskId task, TaskResult taskResult) implements TaskAction {}
}
