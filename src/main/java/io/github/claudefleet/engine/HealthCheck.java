package io.github.claudefleet.engine;

import java.util.List;

/**
 * Health check that the engine runs in a container, rarely, and whose result it shows with the container's state.
 *
 * @param command command and its arguments; exit status 0 is healthy
 */
public record HealthCheck(List<String> command) {

    public HealthCheck {
        command = List.copyOf(command);
    }
}
