package io.github.claudefleet.claude;

import io.github.claudefleet.spec.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a line of an agent's output says: the CLI's own events, and the frame that {@code run.sh} puts around them. */
public sealed interface Event {

    /**
     * A run begins.
     *
     * @param promptHash of the prompt that the CLI is handed
     * @param commit that the workspace is at, empty where it has no git
     */
    record AttemptStarted(TaskId task, String promptHash, Optional<String> commit, Instant at) implements Event {}

    /**
     * The CLI's process has ended.
     *
     * @param outOfMemory whether the kernel killed a process of the container's during the run
     * @param checkFollows whether the check is run next
     */
    record ProcessExited(TaskId task, int exitCode, boolean outOfMemory, boolean checkFollows, Instant at)
            implements Event {}

    /**
     * A run that did not succeed has left no room.
     *
     * @param place where there is none
     */
    record NoSpaceLeft(TaskId task, String place, Instant at) implements Event {}

    /** The command that follows a run has ended. */
    record CheckFinished(TaskId task, int exitCode, Instant at) implements Event {}

    /** The CLI is there. */
    record SessionInit(Optional<String> session, Optional<String> model, Optional<String> cliVersion)
            implements Event {}

    /**
     * The model said something.
     *
     * @param message the message's id; one message may come as several events, each with the same tokens
     * @param tokens that the message took
     * @param uses the tools that it wants, by the ids under which they are answered
     * @param bySubagent whether it was said to another agent of the CLI's own, which may well work on after a turn's end
     */
    record AssistantMessage(
            String message,
            TokenUsage tokens,
            Map<String, RequestedTool> uses,
            Optional<Instant> at,
            boolean bySubagent)
            implements Event {}

    /** Tools have answered; the ids of those that failed. */
    record ToolResults(List<String> failed) implements Event {}

    /** The CLI waits before it asks the service again. */
    record ApiRetry(int attempt, int most, String error) implements Event {}

    /** The account's quota is used up until then. */
    record RateLimit(Instant resetsAt) implements Event {}

    /** The result of a turn: the CLI's last word, unless something in the background begins another turn. */
    record Result(TurnResult answer) implements Event {}

    /**
     * Commands and subagents are under way in the background, these and no others.
     *
     * @param underWay their descriptions by their ids
     */
    record BackgroundTasks(Map<String, String> underWay) implements Event {}

    /** Something in the background was stopped before it had come to its end. */
    record BackgroundTaskStopped(String id) implements Event {}

    /**
     * The CLI says whether it is through with all that it has.
     *
     * @param idle false while a turn is under way, or it waits for something in the background or for a time that the agent has set
     */
    record SessionStateChanged(boolean idle) implements Event {}

    /** An event that says nothing of interest here, such as one that a later CLI has. */
    record Other() implements Event {}

    /** A line that is no event at all. */
    record Malformed() implements Event {}

    /**
     * A tool that is wanted.
     *
     * @param target what it is used on, short and on one line; may be empty
     */
    record RequestedTool(String tool, String target) {}
}
