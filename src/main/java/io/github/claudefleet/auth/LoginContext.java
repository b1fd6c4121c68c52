package io.github.claudefleet.auth;

import io.github.claudefleet.console.FleetLog;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a login meets outside the engine: a person, a reader of its log, and time.
 *
 * @param terminal the person
 * @param log who is told
 * @param clock the time
 * @param pause how to let time pass
 */
public record LoginContext(Terminal terminal, FleetLog log, InstantSource clock, Pause pause) {

    /** Waits; a test need not. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }
}
