package io.github.claudefleet.engine;

import java.util.Map;

/**
 * Network as reported by the engine.
 *
 * @param id id of the network
 * @param name name of the network
 * @param labels labels of the network
 */
public record NetworkObservation(String id, String name, Map<String, String> labels) {

    public NetworkObservation {
        labels = Map.copyOf(labels);
    }
}
