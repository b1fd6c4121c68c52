package io.github.claudefleet.engine;

import java.util.Map;

/**
 * An image that the engine has.
 *
 * @param id its content's id
 * @param labels its labels
 */
public record ImageObservation(String id, Map<String, String> labels) {

    public ImageObservation {
        labels = Map.copyOf(labels);
    }
}
