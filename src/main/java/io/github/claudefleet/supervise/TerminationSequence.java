package io.github.claudefleet.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Termination of an attempt in stages: interrupt, terminate, kill, and kill the container last. */
final class TerminationSequence {

    /** Stages in their order. */
    enum Stage {
        INTERRUPT,
        TERMINATE,
        KILL,
        KILL_CONTAINER,
        NOTHING_MORE
    }

    /**
     * Minimum time before the container is killed, for {@code run.sh} to report the end of the CLI and to run a check.
     */
    private static final Duration BEFORE_CONTAINER = Duration.ofSeconds(30);

    private final Duration grace;
    private Stage next;
    private Instant at;

    TerminationSequence(Duration grace, Instant now) {
        this.grace = grace;
        this.next = Stage.INTERRUPT;
        this.at = now;
    }

    /** Returns the stage that is due now, if any. */
    Optional<Stage> due(Instant now) {
        if (now.isBefore(at) || next == Stage.NOTHING_MORE) {
            return Optional.empty();
        }
        Stage due = next;
        next = Stage.values()[due.ordinal() + 1];
        boolean last = next == Stage.KILL_CONTAINER && grace.compareTo(BEFORE_CONTAINER) < 0;
        at = now.plus(last ? BEFORE_CONTAINER : grace);
        return Optional.of(due);
    }
}
