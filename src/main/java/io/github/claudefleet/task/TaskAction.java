package io.github.claudefleet.task;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import java.util.Optional;

/** Something to be done about a task. */
public sealed interface TaskAction {

    /** Which. */
    TaskId task();

    /**
     * Have the agent begin it.
     *
     * @param attempt 1 for the first
     * @param atOnce whether the agent was made for this task, and begins it whenever it is started
     * @param budget what it may cost at most, or empty for no limit
     */
    record Launch(TaskId task, AgentName agent, int attempt, boolean atOnce, Optional<Usd> budget)
            implements TaskAction {}

    /** Have it end: asked at first, then forced. */
    record Stop(TaskId task, AgentName agent, StopCause cause, String reason) implements TaskAction {}

    /** It is judged: nothing more will become of it. */
    record Close(TaskId task, TaskReport report) implements TaskAction {}

    /** It will be begun again, for that reason. */
    record Retry(TaskId task, TaskResult taskResult) implements TaskAction {}
}
