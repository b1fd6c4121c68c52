package io.github.claudefleet.engine;

import java.util.Locale;

/** What a container is doing, in Docker's words. */
public enum ContainerState {
    CREATED,
    RUNNING,
    PAUSED,
    RESTARTING,
    REMOVING,
    EXITED,
    DEAD,
    /** A word that this version doesn't know. */
    UNKNOWN;

    /** The state that an engine's word stands for. */
    public static ContainerState of(String word) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return UNKNOWN;
        }
    }
}
