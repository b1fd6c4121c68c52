package io.github.claudefleet.engine;

import java.util.Map;

/**
 * Volume as reported by the engine.
 *
 * @param name name of the volume
 * @param labels labels of the volume
 */
public record VolumeObservation(String name, Map<String, String> labels) {

    public VolumeObservation {
        labels = Map.copyOf(labels);
    }
}
