package io.github.claudefleet.docker;

import io.github.claudefleet.engine.LabelSelector;
import java.util.List;

/** Says to an engine which label its answer is about. */
final class LabelFilter {

    private LabelFilter() {}

    /** {@code key} or {@code key=value}, the values of the API's filter {@code label}. */
    static List<String> of(LabelSelector selector) {
        return List.of(
                selector.key() + selector.value().map(value -> "=" + value).orElse(""));
    }
}
