package io.github.claudefleet.auth;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Environment of a login outside the engine: a person and time.
 *
 * @param terminal terminal of the person
 * @param clock current time
 * @param pause way to wait
 */
public record LoginContext(Terminal terminal, InstantSource clock, Pause pause) {

    /** Returns an environment without a person, with the system's time. */
    public static LoginContext nonInteractive() {
        return new LoginContext(
                new NonInteractiveTerminal(), InstantSource.system(), duration -> Thread.sleep(duration.toMillis()));
    }

    /** Waits; a test may not. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }
}
