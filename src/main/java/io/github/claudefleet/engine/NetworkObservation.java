package io.github.claudefleet.engine;

import java.util.Map;

/**
 * A network as the engine reports it.
 *
 * @param id its id
 * @param name its name
 * @param labels its labels
 */
public record NetworkObservation(String id, String name, Map<String, String> labels) {

    public NetworkObservation {
        labels = Map.copyOf(labels);
    }
}
