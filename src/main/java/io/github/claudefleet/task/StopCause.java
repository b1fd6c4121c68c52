package io.github.claudefleet.task;

/** Cause of a stop of an attempt from outside. */
public enum StopCause {
    /** Limit of the total time. */
    TOTAL(Outcome.TIMED_OUT, "it took longer than %s"),
    /** Limit of the time without output. */
    IDLE(Outcome.HUNG, "it said nothing for %s"),
    /** Limit of the fleet's cost. */
    BUDGET(Outcome.OVER_BUDGET, "the fleet's maxCost of %s was reached"),
    /** Limit of the project's cost in a day. */
    DAILY_BUDGET(Outcome.OVER_BUDGET, "the project's maxCostPerDay of %s was reached"),
    /** Limit of the check's time. */
    CHECK(Outcome.CHECK_FAILED, "the check took longer than %s"),
    /** Process that does not end after its result. */
    LINGERING(Outcome.DONE, "it did not end by itself within %s of its result"),
    /** Choice of another candidate. */
    NOT_CHOSEN(Outcome.NOT_CHOSEN, "%s was chosen"),
    /** Background tasks that do not end after the result. */
    BACKGROUND(Outcome.UNFINISHED, "%2$s was still under way in the background %1$s after its result");

    private final Outcome outcome;
    private final String words;

    StopCause(Outcome outcome, String words) {
        this.outcome = outcome;
        this.words = words;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Checks whether the work after the CLI's end, such as a check, may continue. */
    boolean sparesCheck() {
        return this == LINGERING || this == BACKGROUND;
    }

    /** Checks whether this cause explains the outcome of an attempt that was stopped. */
    boolean explains(Outcome end, boolean unfinished) {
        return switch (this) {
            case LINGERING -> false;
            case NOT_CHOSEN -> true;
            case BACKGROUND -> end == Outcome.UNFINISHED || end == Outcome.KILLED || end == Outcome.DONE && unfinished;
            case CHECK -> end == Outcome.CHECK_FAILED || end == Outcome.NOT_CHECKED;
            default -> end != Outcome.DONE;
        };
    }

    /**
     * Returns the reason in words.
     *
     * @param limit limit that was exceeded
     * @param background background tasks that were under way
     */
    String text(String limit, String background) {
        return words.formatted(limit, background);
    }
}
