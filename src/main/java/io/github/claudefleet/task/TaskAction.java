package io.github.claudefleet.task;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import java.util.List;
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
     * @param followUp prompt that continues an earlier attempt, in place of the task's own
     * @param handOver prompt that refers to what other agents made, in place of the task's own
     * @param startsFrom agents whose work the workspace starts from, if it starts from that of others
     */
    record Launch(
            TaskId task,
            AgentName agent,
            int attempt,
            boolean atOnce,
            Optional<Usd> budget,
            Optional<FollowUp> followUp,
            Optional<HandOver> handOver,
            List<AgentName> startsFrom)
            implements TaskAction {}

    /** Stops the attempt: by request first, then by force. */
    record Stop(TaskId task, AgentName agent, StopCause cause, String reason) implements TaskAction {}

    /** Inspects what the agent made, where the agent has no access. */
    record Inspect(TaskId task, AgentName agent, CheckSpec check) implements TaskAction {}

    /** Measures what the agent made. */
    record Measure(TaskId task, AgentName agent) implements TaskAction {}

    /** Closes the task, whose result is final. */
    record Close(TaskId task, TaskReport report) implements TaskAction {}

    /** Announces another attempt, with the result of the last one. */
    record Retry(TaskId task, TaskResult taskResult) implements TaskAction {}

    /**
     * Announces another round, with the result of the last one.
     *
     * @param round number of the round that begins
     * @param of maximum number of rounds, the first one included
     */
    record NextRound(TaskId task, int round, int of, TaskResult taskResult) implements TaskAction {}
}
