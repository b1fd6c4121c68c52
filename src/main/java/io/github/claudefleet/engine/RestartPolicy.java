package io.github.claudefleet.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * Restart policy and stop timeout of a container.
 *
 * @param restarted true if the engine restarts it after an exit, and after its own restart, until it is stopped
 * @param stopGrace time to exit after any request to stop, from fleet or user; empty for the engine's default
 */
public record RestartPolicy(boolean restarted, Optional<Duration> stopGrace) {

    /** Runs once and is not restarted. */
    public static final RestartPolicy ONCE = new RestartPolicy(false, Optional.empty());

    /** Restarts until it is stopped, with the given time to exit. */
    public static RestartPolicy untilStopped(Duration stopGrace) {
        return new RestartPolicy(true, Optional.of(stopGrace));
    }
}
