package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.spec.Labels;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The port's labels on objects. Values such as a path are not allowed as values of labels, so that annotations have them
 * and labels only select.
 */
final class ObjectLabels {

    /** Name in the port's request. */
    private static final String NAME = "claude-fleet/name";
    /** Mark on a pod that was asked to stop. */
    static final String STOPPED = "claude-fleet/stopped";
    /** Creation to which an object belongs, by which the creator of an object recognizes it. */
    private static final String CREATION = "claude-fleet/creation";

    private ObjectLabels() {}

    /**
     * Returns the metadata of an object to create.
     *
     * @param name name in the port
     * @param owner object with which it ends
     * @param creation random text for this creation
     */
    static ObjectMeta metadata(
            String name, Map<String, String> labels, Optional<OwnerReference> owner, String creation) {
        Map<String, String> selecting = new TreeMap<>();
        labels.forEach((key, value) -> selecting.put(key, ObjectNames.value(value)));
        return new ObjectMetaBuilder()
                .withName(ObjectNames.name(name))
                .withLabels(selecting)
                .withAnnotations(new TreeMap<>(labels))
                .addToAnnotations(NAME, name)
                .addToAnnotations(CREATION, creation)
                .withOwnerReferences(owner.stream().toList())
                .build();
    }

    /** Returns the port's labels of an object. */
    static Map<String, String> of(HasMetadata object) {
        return annotations(object).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(Labels.PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns the name in the port's request; else that of the object. */
    static String name(HasMetadata object) {
        return annotations(object).getOrDefault(NAME, object.getMetadata().getName());
    }

    /** Returns true if this creation has made the object. */
    static boolean isOf(String creation, HasMetadata object) {
        return creation.equals(annotations(object).get(CREATION));
    }

    /** Returns true if a pod was asked to stop. */
    static boolean wasStopped(HasMetadata object) {
        return annotations(object).containsKey(STOPPED);
    }

    /** Returns the selector in the API server's form. It may choose too much: see {@link #chooses}. */
    static String selector(LabelSelector selector) {
        return new TreeMap<>(selector.labels())
                .entrySet().stream()
                        .map(label -> label.getKey()
                                + label.getValue()
                                        .map(value -> "=" + ObjectNames.value(value))
                                        .orElse(""))
                        .collect(Collectors.joining(","));
    }

    static boolean chooses(LabelSelector selector, HasMetadata object) {
        return selector.chooses(of(object));
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
    }
}
