package io.github.claudefleet.task;

/** Why a run was stopped from outside. */
public enum StopCause {
    /** It took as long as it may in all. */
    TOTAL(Outcome.TIMED_OUT, "it took longer than %s"),
    /** It said nothing for as long as it may. */
    IDLE(Outcome.HUNG, "it said nothing for %s"),
    /** The fleet's money is spent. */
    BUDGET(Outcome.OVER_BUDGET, "the fleet's maxCost of %s was reached"),
    /** It gave its result and did not end. */
    LINGERING(Outcome.DONE, "it did not end by itself within %s of its result"),
    /** It gave its result, and what it has begun in the background does not end. */
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

    /** Whether what follows the CLI's end, such as a check, has its time nevertheless. */
    boolean sparesCheck() {
        return this == LINGERING || this == BACKGROUND;
    }

    /** Whether a run that was stopped so and ended so ended for that. */
    boolean explains(Outcome end, boolean unfinished) {
        return switch (this) {
            case LINGERING -> false;
            case BACKGROUND -> end == Outcome.UNFINISHED || end == Outcome.KILLED || end == Outcome.DONE && unfinished;
            default -> end != Outcome.DONE;
        };
    }

    /**
     * The reason in words.
     *
     * @param limit that was passed
     * @param background what was under way there
     */
    String text(String limit, String background) {
        return words.formatted(limit, background);
    }
}
