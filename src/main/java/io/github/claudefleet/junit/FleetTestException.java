package io.github.claudefleet.junit;

/** Failure to start or to end the fleet of a test class. The message ends with the next step if there is one. */
public final class FleetTestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FleetTestException(String message, RuntimeException cause) {
        super(message, cause);
    }
}
