package io.github.claudefleet.work;

import java.util.OptionalInt;

/**
 * What is known of a container in which a run did not come to its end.
 *
 * @param kind what became of it
 * @param exitCode its exit status, where it has one
 */
public record ContainerEnd(Kind kind, OptionalInt exitCode) {

    /** What can become of it. */
    public enum Kind {
        /** It ended. */
        ENDED,
        /** It ended since it needed more memory than it may have. */
        OUT_OF_MEMORY,
        /** It isn't there any more. */
        GONE,
        /** It is there, and nothing of it can be heard. */
        SILENT
    }

    public static ContainerEnd gone() {
        return new ContainerEnd(Kind.GONE, OptionalInt.empty());
    }
}
