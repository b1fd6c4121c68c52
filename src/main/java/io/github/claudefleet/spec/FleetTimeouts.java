package io.github.claudefleet.spec;

import java.time.Duration;

/**
 * How many containers are worked on at once and how long things may take.
 *
 * @param parallelism containers created and started at once
 * @param startTimeout how long one agent may take from its start until it is ready
 * @param stopTimeout how long one container may take to end after it was asked to, before it is killed
 */
public record FleetTimeouts(int parallelism, Duration startTimeout, Duration stopTimeout) {

    /** @throws InvalidSpecException if the parallelism is not from 1 to 64 */
    public FleetTimeouts {
        Numbers.within("parallelism", parallelism, 1, 64);
    }
}
