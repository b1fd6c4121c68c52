package io.github.claudefleet.task;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * End of a container in which an attempt was not complete.
 *
 * @param kind kind of the end
 * @param exitCode exit status of the container, if it has one
 * @param at time of the end by the engine's clock, if known
 * @param reason reason of the engine, if it has one, as part of a sentence, such as {@code pod a was evicted: …}
 */
public record ContainerEnd(Kind kind, OptionalInt exitCode, Optional<Instant> at, Optional<String> reason) {

    /** Base of the exit status of a process that a signal ended: the signal's number is added. */
    static final int BY_SIGNAL = 128;

    /** Kinds of end. */
    public enum Kind {
        /** Exited. */
        ENDED,
        /** Exceeded its memory limit. */
        OUT_OF_MEMORY,
        /** Ended by a restart of the engine. */
        ENGINE_RESTARTED,
        /** Removed. */
        GONE,
        /** Exists, but its output can't be read. */
        SILENT
    }

    /** Creates an end at an unknown time. */
    public ContainerEnd(Kind kind, OptionalInt exitCode) {
        this(kind, exitCode, Optional.empty(), Optional.empty());
    }

    public static ContainerEnd gone() {
        return new ContainerEnd(Kind.GONE, OptionalInt.empty());
    }

    /** Returns this end for an engine that was away just then, which explains an end without another cause. */
    ContainerEnd byEngine() {
        return kind == Kind.ENDED && reason.isEmpty()
                ? new ContainerEnd(Kind.ENGINE_RESTARTED, exitCode, at, reason)
                : this;
    }

    /** Checks whether the container was ended from outside. */
    boolean isFromOutside() {
        return kind == Kind.ENDED && exitCode.orElse(0) > BY_SIGNAL;
    }
}
