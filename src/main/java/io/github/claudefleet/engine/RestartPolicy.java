package io.github.claudefleet.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a container goes on.
 *
 * @param restarted whether the engine starts it again when it ends by itself or with the engine, until it is stopped
 * @param stopGrace what it gets to end by itself whenever it is stopped, by whomever; empty for the engine's own
 */
public record RestartPolicy(boolean restarted, Optional<Duration> stopGrace) {

    /** Runs once, and is over when it has ended. */
    public static final RestartPolicy ONCE = new RestartPolicy(false, Optional.empty());

    /** Comes back until it is stopped, and then gets that long. */
    public static RestartPolicy untilStopped(Duration stopGrace) {
        return new RestartPolicy(true, Optional.of(stopGrace));
    }
}
