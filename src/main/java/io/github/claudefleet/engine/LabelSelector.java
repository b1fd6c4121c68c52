package io.github.claudefleet.engine;

import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Lifetime;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Chooses by labels.
 *
 * @param labels all of which must be there, with the value given, or with any where that is empty
 */
public record LabelSelector(Map<String, Optional<String>> labels) {

    public LabelSelector {
        labels = Map.copyOf(labels);
    }

    /** What carries one label. */
    public LabelSelector(String key, Optional<String> value) {
        this(Map.of(key, value));
    }

    /** All that one fleet has. */
    public static LabelSelector of(FleetId fleet) {
        return exactly(fleet.selectingLabels());
    }

    /** What of a fleet its maker's build has made. */
    public static LabelSelector madeBy(FleetId fleet) {
        SortedMap<String, String> labels = new TreeMap<>(fleet.selectingLabels());
        labels.put(Labels.BUILD, fleet.buildIdentity().build());
        return exactly(labels);
    }

    /** All that fleets of a name have, whosever they are. */
    public static LabelSelector of(FleetName fleet) {
        return new LabelSelector(Labels.FLEET, Optional.of(fleet.value()));
    }

    /** All that any fleet has. */
    public static LabelSelector anyFleet() {
        return new LabelSelector(Labels.FLEET, Optional.empty());
    }

    /** All that builds have which were to end with them. */
    public static LabelSelector ofBuilds() {
        return new LabelSelector(Labels.LIFETIME, Optional.of(Lifetime.BUILD.value()));
    }

    /** All that ends with one build. */
    public static LabelSelector ofBuild(String build) {
        return exactly(Map.of(Labels.LIFETIME, Lifetime.BUILD.value(), Labels.BUILD, build));
    }

    private static LabelSelector exactly(Map<String, String> labels) {
        return new LabelSelector(labels.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, label -> Optional.of(label.getValue()))));
    }

    /** Whether something with these labels is chosen. */
    public boolean chooses(Map<String, String> present) {
        return labels.entrySet().stream()
                .allMatch(label -> present.containsKey(label.getKey())
                        && label.getValue()
                                .map(present.get(label.getKey())::equals)
                                .orElse(true));
    }
}
