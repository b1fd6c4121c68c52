package io.github.claudefleet.engine;

import java.util.Map;
import java.util.Set;

/**
 * An image that the engine has.
 *
 * @param id its content's id
 * @param labels its labels
 * @param variables the names of the environment variables that it sets; their values are nobody's business
 */
public record ImageObservation(String id, Map<String, String> labels, Set<String> variables) {

    public ImageObservation {
        labels = Map.copyOf(labels);
        variables = Set.copyOf(variables);
    }

    /** An image that sets no variables. */
    public ImageObservation(String id, Map<String, String> labels) {
        this(id, labels, Set.of());
    }
}
