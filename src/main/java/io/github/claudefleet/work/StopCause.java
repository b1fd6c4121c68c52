package io.github.claudefleet.work;

/** Why a run was stopped from outside. */
public enum StopCause {
    /** It took as long as it may in all. */
    TOTAL(Outcome.TIMED_OUT, "it took longer than %s"),
    /** It said nothing for as long as it may. */
    IDLE(Outcome.HUNG, "it said nothing for %s"),
    /** The fleet's money is spent. */
    BUDGET(Outcome.OVER_BUDGET, "the fleet's maxCost of %s was reached"),
    /** It gave its result and did not end. */
    LINGERING(Outcome.DONE, "it did not end by itself within %s of its result");

    private final Outcome outcome;
    private final String words;

    StopCause(Outcome outcome, String words) {
        this.outcome = outcome;
        this.words = words;
    }

    Outcome outcome() {
        return outcome;
    }

    /** The reason in words, with the limit that was passed. */
    String text(String limit) {
        return words.formatted(limit);
    }
}
