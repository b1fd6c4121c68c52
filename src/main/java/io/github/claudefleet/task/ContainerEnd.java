package io.github.claudefleet.task;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a container in which a run did not come to its end.
 *
 * @param kind what became of it
 * @param exitCode its exit status, where it has one
 * @param at when it ended, by the engine's clock, where that is known
 */
public record ContainerEnd(Kind kind, OptionalInt exitCode, Optional<Instant> at) {

    /** What can become of it. */
    public enum Kind {
        /** It ended. */
        ENDED,
        /** It ended since it needed more memory than it may have. */
        OUT_OF_MEMORY,
        /** The engine was restarted, and it ended with that. */
        ENGINE_RESTARTED,
        /** It isn't there any more. */
        GONE,
        /** It is there, and nothing of it can be heard. */
        SILENT
    }

    /** One of which it isn't known when. */
    public ContainerEnd(Kind kind, OptionalInt exitCode) {
        this(kind, exitCode, Optional.empty());
    }

    public static ContainerEnd gone() {
        return new ContainerEnd(Kind.GONE, OptionalInt.empty());
    }

    /** The same, where the engine was away just then: that explains an end which has no reason of its own. */
    ContainerEnd byEngine() {
        return kind == Kind.ENDED ? new ContainerEnd(Kind.ENGINE_RESTARTED, exitCode, at) : this;
    }

    /** Whether somebody from outside ended it. */
    boolean isFromOutside() {
        return kind == Kind.ENDED && exitCode.orElse(0) > OutcomeClassifier.BY_SIGNAL;
    }
}
