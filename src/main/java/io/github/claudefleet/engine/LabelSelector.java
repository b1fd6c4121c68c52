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
 * Selector of engine resources by label.
 *
 * @param labels labels that must all be present, with the given value, or with any value if that is empty
 */
public record LabelSelector(Map<String, Optional<String>> labels) {

    public LabelSelector {
        labels = Map.copyOf(labels);
    }

    /** Creates a selector of all that has one label. */
    public LabelSelector(String key, Optional<String> value) {
        this(Map.of(key, value));
    }

    /** Selects everything of one fleet. */
    public static LabelSelector of(FleetId fleet) {
        return exactly(fleet.selectingLabels());
    }

    /** Selects everything of a fleet that the build in its identity has created. */
    public static LabelSelector madeBy(FleetId fleet) {
        SortedMap<String, String> labels = new TreeMap<>(fleet.selectingLabels());
        labels.put(Labels.BUILD, fleet.buildIdentity().build());
        return exactly(labels);
    }

    /** Selects everything of all fleets of a name, in all projects. */
    public static LabelSelector of(FleetName fleet) {
        return new LabelSelector(Labels.FLEET, Optional.of(fleet.value()));
    }

    /** Selects everything of all fleets. */
    public static LabelSelector anyFleet() {
        return new LabelSelector(Labels.FLEET, Optional.empty());
    }

    /** Selects everything of all builds' fleets. */
    public static LabelSelector ofBuilds() {
        return new LabelSelector(Labels.LIFETIME, Optional.of(Lifetime.BUILD.value()));
    }

    /** Selects everything of the fleets of one build. */
    public static LabelSelector ofBuild(String build) {
        return exactly(Map.of(Labels.LIFETIME, Lifetime.BUILD.value(), Labels.BUILD, build));
    }

    private static LabelSelector exactly(Map<String, String> labels) {
        return new LabelSelector(labels.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, label -> Optional.of(label.getValue()))));
    }

    /** Returns true if an object with these labels matches. */
    public boolean chooses(Map<String, String> present) {
        return labels.entrySet().stream()
                .allMatch(label -> present.containsKey(label.getKey())
                        && label.getValue()
                                .map(present.get(label.getKey())::equals)
                                .orElse(true));
    }
}
