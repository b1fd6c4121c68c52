package io.github.claudefleet.claude;

import io.github.claudefleet.spec.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Event on a line of an agent's output: one of the CLI, or one of the frame that {@code run.sh} prints around them. */
public sealed interface Event {

    /**
     * Start of an attempt.
     *
     * @param promptHash hash of the prompt that the CLI receives
     * @param commit commit of the workspace; empty if it has no git repository
     * @param round number of the round; after 1, it continues the session of an attempt whose check failed
     * @param span ids that the CLI's own telemetry has for the attempt; empty if the fleet is not traced
     */
    record AttemptStarted(
            TaskId task, String promptHash, Optional<String> commit, int round, Instant at, Optional<SpanContext> span)
            implements Event {}

    /**
     * End of the CLI's process.
     *
     * @param outOfMemory true if the kernel killed a process of the container during the attempt
     * @param checkFollows true if the check is run next
     */
    record ProcessExited(TaskId task, int exitCode, boolean outOfMemory, boolean checkFollows, Instant at)
            implements Event {}

    /**
     * Lack of disk space after an attempt that did not succeed.
     *
     * @param place directory that is full
     */
    record NoSpaceLeft(TaskId task, String place, Instant at) implements Event {}

    /** End of the check that follows an attempt. */
    record CheckFinished(TaskId task, int exitCode, Instant at) implements Event {}

    /** Start of the CLI's session. */
    record SessionInit(Optional<String> session, Optional<String> model, Optional<String> cliVersion)
            implements Event {}

    /**
     * Message of the model.
     *
     * @param message id of the message; one message may come as several events, each with the same tokens
     * @param tokens tokens of the message
     * @param uses requested tools, by the ids that their results have
     * @param bySubagent true if the message belongs to a subagent, which may continue after the end of a turn
     */
    record AssistantMessage(
            String message,
            TokenUsage tokens,
            Map<String, RequestedTool> uses,
            Optional<Instant> at,
            boolean bySubagent)
            implements Event {}

    /** Results of tools, with the ids of those that failed. */
    record ToolResults(List<String> failed) implements Event {}

    /** Pause of the CLI before it repeats a request to the service. */
    record ApiRetry(int attempt, int most, String error) implements Event {}

    /** Exhausted quota of the account, with the time of its reset. */
    record RateLimit(Instant resetsAt) implements Event {}

    /** Result of a turn: the CLI's last output, unless a background task begins another turn. */
    record Result(TurnResult answer) implements Event {}

    /**
     * Complete list of the commands and subagents in the background.
     *
     * @param underWay descriptions by id
     */
    record BackgroundTasks(Map<String, String> underWay) implements Event {}

    /** Stop of a background task before it was complete. */
    record BackgroundTaskStopped(String id) implements Event {}

    /**
     * Change of the session's state.
     *
     * @param idle false while a turn is under way, or the CLI waits for a background task or a time that the agent has
     *     set
     */
    record SessionStateChanged(boolean idle) implements Event {}

    /** Event of no interest here, such as one of a later CLI. */
    record Other() implements Event {}

    /** Line that is no event. */
    record Malformed() implements Event {}

    /**
     * Tool that the model requests.
     *
     * @param target object that the tool is used on, short and on one line; may be empty
     */
    record RequestedTool(String tool, String target) {}
}
