package io.github.claudefleet.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Container as reported by the engine.
 *
 * @param id id of the container
 * @param name name without the leading slash
 * @param labels labels of the container
 * @param image name of the image that it was created from
 * @param imageId id of the image that it was created from
 * @param state current state
 * @param exitCode exit code of its process, the latest one if it was restarted; empty while it has not exited
 * @param createdAt time of creation; empty if the engine does not report it
 * @param startedAt time of the latest start
 * @param finishedAt time of the latest exit
 * @param outOfMemory true if the kernel killed it because of its memory limit
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

    /** Returns the value of one label. */
    public Optional<String> label(String key) {
        return Optional.ofNullable(labels.get(key));
    }
}
