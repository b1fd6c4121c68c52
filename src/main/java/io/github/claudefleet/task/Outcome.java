package io.github.claudefleet.task;

import java.util.Arrays;

/** Outcome of a task. */
public enum Outcome {
    /** Complete: the CLI has finished all that it had begun and reports no error. The check, if any, succeeded. */
    DONE("done"),
    /** Failed for a reason that has no outcome of its own here. */
    FAILED("failed"),
    /** Complete, but the check that follows did not succeed. */
    CHECK_FAILED("check failed"),
    /** Complete, but it changed a file that its check protects. */
    PROTECTED_FILE_CHANGED("protected file changed"),
    /** Complete, but the check did not come to its end, so its result is unknown. */
    NOT_CHECKED("not checked"),
    /** Ended with a result, but before its background tasks were complete. */
    UNFINISHED("unfinished"),
    /** Ended at {@code maxTurns}. */
    OUT_OF_TURNS("out of turns"),
    /** Ended at {@code maxCost} of the task or of the fleet. */
    OVER_BUDGET("over budget"),
    /** Stopped at the limit of its total time. */
    TIMED_OUT("timed out"),
    /** Stopped after it printed nothing for longer than allowed. */
    HUNG("hung"),
    /** Ended by a signal that the fleet did not send, or by a stop or removal of its container. */
    KILLED("killed"),
    /** Killed by the kernel for its memory limit. */
    OUT_OF_MEMORY("out of memory"),
    /** Failed with no space left where it writes. */
    DISK_FULL("disk full"),
    /** Not begun, because its agent failed before it. */
    START_FAILED("start failed"),
    /** Not begun, because the changes that it starts from conflict. */
    MERGE_CONFLICT("merge conflict"),
    /** Failed because the login is no longer accepted. */
    LOGIN_DEAD("login dead"),
    /** Failed because the account's quota is used up. */
    OUT_OF_QUOTA("out of quota"),
    /** Never begun. */
    NOT_STARTED("not started"),
    /** One of several candidates, of which another was chosen, or none; or a judge that had nothing to choose. */
    NOT_CHOSEN("not chosen"),
    /** Begun, with an unknown end. So it is not begun again automatically. */
    UNKNOWN("unknown");

    private final String value;

    Outcome(String value) {
        this.value = value;
    }

    /** Checks whether a task with this outcome counts neither as done nor as failed. */
    public boolean isNeutral() {
        return this == NOT_CHOSEN;
    }

    /** Returns the value that files and tables use. */
    public String value() {
        return value;
    }

    /**
     * Returns the outcome with this value.
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
