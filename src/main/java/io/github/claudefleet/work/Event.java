package io.github.claudefleet.work;

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
    record Begun(TaskId task, String promptHash, Optional<String> commit, Instant at) implements Event {}

    /**
     * The CLI's process has ended.
     *
     * @param outOfMemory whether the kernel killed a process of the container's during the run
     */
    record Ended(TaskId task, int exitCode, boolean outOfMemory, Instant at) implements Event {}

    /**
     * A run that did not succeed has left no room.
     *
     * @param place where there is none
     */
    record Full(TaskId task, String place, Instant at) implements Event {}

    /** The command that follows a run has ended. */
    record Checked(TaskId task, int exitCode, Instant at) implements Event {}

    /** The CLI is there. */
    record Opened(Optional<String> session, Optional<String> model, Optional<String> cliVersion) implements Event {}

    /**
     * The model said something.
     *
     * @param message the message's id; one message may come as several events, each with the same tokens
     * @param tokens that the message took
     * @param uses the tools that it wants, by the ids under which they are answered
     */
    record Spoke(String message, Tokens tokens, Map<String, Use> uses, Optional<Instant> at) implements Event {}

    /** Tools have answered; the ids of those that failed. */
    record Answered(List<String> failed) implements Event {}

    /** The CLI waits before it asks the service again. */
    record Retrying(int attempt, int most, String error) implements Event {}

    /** The account's quota is used up until then. */
    record QuotaReached(Instant resetsAt) implements Event {}

    /** The CLI's last word. */
    record Closed(Answer answer) implements Event {}

    /** An event that says nothing of interest here, such as one that a later CLI has. */
    record Other() implements Event {}

    /** A line that is no event at all. */
    record Garbage() implements Event {}

    /**
     * A tool that is wanted.
     *
     * @param target what it is used on, short and on one line; may be empty
     */
    record Use(String tool, String target) {}
}
