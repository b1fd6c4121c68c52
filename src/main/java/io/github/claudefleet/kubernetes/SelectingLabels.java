package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Labels that all objects of one fleet have, and no object of another.
 *
 * @param labels labels with their values; empty for an object that belongs to no fleet
 */
record SelectingLabels(SortedMap<String, String> labels) {

    private static final int HASH = 8;

    /** Returns those among the labels of an object. */
    static SelectingLabels of(Map<String, String> all) {
        List<String> keys = isOfBuild(all)
                ? List.of(Labels.FLEET, Labels.PROJECT, Labels.LIFETIME, Labels.BUILD)
                : List.of(Labels.FLEET, Labels.PROJECT, Labels.LIFETIME);
        SortedMap<String, String> selecting = new TreeMap<>();
        if (all.keySet().containsAll(keys)) {
            keys.forEach(key -> selecting.put(key, all.get(key)));
        }
        return new SelectingLabels(selecting);
    }

    boolean isOfFleet() {
        return !labels.isEmpty();
    }

    /** Returns true if the fleet ends with its build. */
    boolean endsWithBuild() {
        return isOfBuild(labels);
    }

    LabelSelector selector() {
        return new LabelSelector(labels.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, label -> Optional.of(label.getValue()))));
    }

    /** Returns the name of the fleet's owner, which no other fleet's has. */
    String anchor() {
        Sha256 hash = new Sha256();
        labels.values().forEach(hash::add);
        return "claude-fleet-" + labels.get(Labels.FLEET) + "-anchor-"
                + hash.hex().substring(0, HASH);
    }

    private static boolean isOfBuild(Map<String, String> labels) {
        return Lifetime.BUILD.value().equals(labels.get(Labels.LIFETIME));
    }
}
