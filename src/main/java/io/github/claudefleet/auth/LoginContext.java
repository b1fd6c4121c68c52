package io.github.claudefleet.auth;

import io.github.claudefleet.console.FleetLog;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Environment of a login outside the engine: a person, a log and time.
 *
 * @param terminal terminal of the person
 * @param log log to write to
 * @param clock current time
 * @param pause way to wait
 */
public record LoginContext(Terminal terminal, FleetLog log, InstantSource clock, Pause pause) {

    /** Returns an environment without a person, with the system's time. */
    public static LoginContext nonInteractive(FleetLog log) {
        return new LoginContext(
                new NonInteractiveTerminal(),
                log,
                InstantSource.system(),
                duration -> Thread.sleep(duration.toMillis()));
    }

    /** Waits; a test may not. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }
}
