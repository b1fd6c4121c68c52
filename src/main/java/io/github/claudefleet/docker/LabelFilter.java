package io.github.claudefleet.docker;

import io.github.claudefleet.engine.LabelSelector;
import java.util.List;

/** Converts a selector to the API's label filter. */
final class LabelFilter {

    private LabelFilter() {}

    /**
     * Returns values {@code key} or {@code key=value} of the filter {@code label}, which by the API selects what has
     * all of them. Callers check the results again, as fleets are distinguished by labels.
     */
    static List<String> of(LabelSelector selector) {
        return selector.labels().entrySet().stream()
                .map(label -> label.getKey()
                        + label.getValue().map(value -> "=" + value).orElse(""))
                .sorted()
                .toList();
    }
}
