package io.github.claudefleet.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A container as the engine reports it.
 *
 * @param id its id
 * @param name its name, without a leading slash
 * @param labels its labels
 * @param image the name that it was made from
 * @param imageId the id of the image that it was made from
 * @param state what it is doing
 * @param exitCode how its process ended, the last time where it is restarted; empty while it has not
 * @param createdAt when it was made; empty where the engine does not say
 * @param startedAt when it was last started
 * @param finishedAt when it last ended
 * @param outOfMemory whether the kernel killed it for its memory limit
 */
public record ContainerObservation(
        String id,
        String name,
        Map<String, String> labels,
        String image,
        String imageId,
        ContainerState state,
        Optional<Integer> exitCode,
        Optional<Instant> createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        boolean outOfMemory) {

    public ContainerObservation {
        labels = Map.copyOf(labels);
    }

    /** The value of one of its labels. */
    public Optional<String> label(String key) {
        return Optional.ofNullable(labels.get(key));
    }
}
