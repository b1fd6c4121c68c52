package io.github.claudefleet.docker;

import io.github.claudefleet.engine.LabelSelector;
import java.util.List;

/** Says to an engine which labels its answer is about. */
final class LabelFilter {

    private LabelFilter() {}

    /** {@code key} or {@code key=value}, the values of the API's filter {@code label}, which takes what carries all of them, as engines
     * say; what is found by it is looked at once more, since fleets are told apart by it. */
    static List<String> of(LabelSelector selector) {
        return selector.labels().entrySet().stream()
                .map(label -> label.getKey()
                        + label.getValue().map(value -> "=" + value).orElse(""))
                .sorted()
                .toList();
    }
}
