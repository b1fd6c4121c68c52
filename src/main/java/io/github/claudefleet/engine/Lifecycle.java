package io.github.claudefleet.engine;

import java.util.Optional;

/**
 * Properties of a container's process while it runs and when it ends.
 *
 * @param restartPolicy restart policy and time to stop
 * @param health health check; empty for that of the image, if it has one
 */
public record Lifecycle(RestartPolicy restartPolicy, Optional<HealthCheck> health) {

    /** Runs once, without a health check of the plugin's. */
    public static final Lifecycle ONCE = new Lifecycle(RestartPolicy.ONCE, Optional.empty());
}
