package io.github.claudefleet.engine;

import java.util.Map;
import java.util.Set;

/**
 * Image that exists on the engine.
 *
 * @param id id of its content
 * @param labels labels of the image
 * @param variables names of the environment variables that it sets; the values may be secret and are left out
 */
public record ImageObservation(String id, Map<String, String> labels, Set<String> variables) {

    public ImageObservation {
        labels = Map.copyOf(labels);
        variables = Set.copyOf(variables);
    }

    /** Creates the observation of an image that sets no variables. */
    public ImageObservation(String id, Map<String, String> labels) {
        this(id, labels, Set.of());
    }
}
