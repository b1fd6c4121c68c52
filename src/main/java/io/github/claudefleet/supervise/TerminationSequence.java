package io.github.claudefleet.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A run on its way to its end: interrupted, then terminated, then killed, with its container at the last. */
final class TerminationSequence {

    /** What is done next. */
    enum Stage {
        INTERRUPT,
        TERMINATE,
        KILL,
        KILL_CONTAINER,
        NOTHING_MORE
    }

    /** For who has run the CLI to say that it is gone, and to run a check, before all of that is killed as well. */
    private static final Duration BEFORE_CONTAINER = Duration.ofSeconds(30);

    private final Duration grace;
    private Stage next;
    private Instant at;

    TerminationSequence(Duration grace, Instant now) {
        this.grace = grace;
        this.next = Stage.INTERRUPT;
        this.at = now;
    }

    /** What is to be done now, if its time has come. */
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
