package io.github.claudefleet.engine;

import java.util.Map;

/**
 * A volume as the engine reports it.
 *
 * @param name its name
 * @param labels its labels
 */
public record VolumeObservation(String name, Map<String, String> labels) {

    public VolumeObservation {
        labels = Map.copyOf(labels);
    }
}
