package io.github.claudefleet.task;

import java.util.Arrays;

/** How a task ended. */
public enum Outcome {
    /** The CLI came to its end with all that it had begun and reports no error; the check, where there is one, succeeded. */
    DONE("done"),
    /** The CLI reports an error that has no word of its own here. */
    FAILED("failed"),
    /** The CLI came to its end, and the check that follows did not succeed. */
    CHECK_FAILED("check failed"),
    /** The CLI came to its end, and the check that was to follow did not: nobody knows whether it would have succeeded. */
    NOT_CHECKED("not checked"),
    /** The CLI gave its result, and what it had begun in the background was ended before it was through. */
    UNFINISHED("unfinished"),
    /** {@code maxTurns} was reached. */
    OUT_OF_TURNS("out of turns"),
    /** {@code maxCost} of the task or of the fleet was reached. */
    OVER_BUDGET("over budget"),
    /** It took longer than it may in all, and was stopped. */
    TIMED_OUT("timed out"),
    /** It said nothing for longer than it may, and was stopped. */
    HUNG("hung"),
    /** Its process ended by a signal that the fleet did not send, or its container was stopped or removed. */
    KILLED("killed"),
    /** The kernel killed it for its memory limit. */
    OUT_OF_MEMORY("out of memory"),
    /** It failed, and there was no space left where it writes. */
    DISK_FULL("disk full"),
    /** Its agent did not get to the point of beginning it. */
    START_FAILED("start failed"),
    /** The login is not accepted any more. */
    LOGIN_DEAD("login dead"),
    /** The account's quota is used up. */
    OUT_OF_QUOTA("out of quota"),
    /** It was never begun. */
    NOT_STARTED("not started"),
    /** It was begun, and nobody can tell what became of it; so it isn't begun again by itself. */
    UNKNOWN("unknown");

    private final String value;

    Outcome(String value) {
        this.value = value;
    }

    /** The word that files and tables use. */
    public String value() {
        return value;
    }

    /**
     * The outcome of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Outcome of(String value) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.value.equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no outcome: " + value));
    }
}
