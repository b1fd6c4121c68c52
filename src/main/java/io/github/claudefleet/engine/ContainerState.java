package io.github.claudefleet.engine;

import java.util.Locale;

/** State of a container, in Docker's terms. */
public enum ContainerState {
    CREATED,
    RUNNING,
    PAUSED,
    RESTARTING,
    REMOVING,
    EXITED,
    DEAD,
    /** State that this version does not know. */
    UNKNOWN;

    /** Returns the state for the name that the engine reports, or {@link #UNKNOWN}. */
    public static ContainerState of(String word) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return UNKNOWN;
        }
    }
}
