package io.github.claudefleet.engine;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Labels;
import java.util.Optional;

/**
 * Chooses by a label.
 *
 * @param key the label
 * @param value the value that it must have, or empty for any
 */
public record LabelSelector(String key, Optional<String> value) {

    /** All that one fleet has. */
    public static LabelSelector of(FleetName fleet) {
        return new LabelSelector(Labels.FLEET, Optional.of(fleet.value()));
    }

    /** All that any fleet has. */
    public static LabelSelector anyFleet() {
        return new LabelSelector(Labels.FLEET, Optional.empty());
    }
}
