package io.github.claudefleet.spec;

import java.time.Duration;

/**
 * Maximum parallelism and time limits for the work on containers.
 *
 * @param parallelism number of containers that are created and started at once
 * @param startTimeout maximum time for one agent from its start until it is ready
 * @param stopTimeout maximum time for one container to end after the request to stop, before it is killed
 */
public record FleetTimeouts(int parallelism, Duration startTimeout, Duration stopTimeout) {

    /** Default: four containers at once, a minute to start, ten seconds to stop. */
    public static final FleetTimeouts DEFAULT = new FleetTimeouts(4, Duration.ofMinutes(1), Duration.ofSeconds(10));

    /** @throws InvalidSpecException if the parallelism is not from 1 to 64 */
    public FleetTimeouts {
        Numbers.within("parallelism", parallelism, 1, 64);
    }
}
