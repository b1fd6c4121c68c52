package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.github.claudefleet.spec.InvalidSpecException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes of a pod that the plugin has no parameter for, as YAML. They are merged into the pod: objects member by member,
 * lists of named elements by the name, and other values replace what is there. A null removes a member.
 *
 * @param yaml part of a pod, such as {@code spec: {priorityClassName: batch}}
 */
record PodOverrides(String yaml) {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final String NAME = "name";

    /** @throws InvalidSpecException if the YAML can't be read, or makes no pod */
    Pod applyTo(Pod pod) {
        try {
            Map<?, ?> changes = SERIALIZATION.unmarshal(yaml, Map.class);
            Map<?, ?> present = SERIALIZATION.unmarshal(SERIALIZATION.asJson(pod), Map.class);
            return SERIALIZATION.unmarshal(SERIALIZATION.asJson(merge(present, changes)), Pod.class);
        } catch (RuntimeException e) {
            throw new InvalidSpecException(
                    "kubernetes.podOverrides",
                    "can't be merged into a pod: " + firstLine(e),
                    "Write a part of a pod in YAML, such as spec: {priorityClassName: batch}.");
        }
    }

    private static Object merge(Object present, Object changes) {
        if (present instanceof Map<?, ?> object && changes instanceof Map<?, ?> members) {
            return mergeMembers(object, members);
        }
        if (present instanceof List<?> list
                && changes instanceof List<?> elements
                && areNamed(list)
                && areNamed(elements)) {
            return mergeElements(list, elements);
        }
        return changes;
    }

    private static Map<Object, Object> mergeMembers(Map<?, ?> object, Map<?, ?> members) {
        Map<Object, Object> merged = new LinkedHashMap<>(object);
        members.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else {
                merged.put(name, merge(merged.get(name), value));
            }
        });
        return merged;
    }

    private static List<Object> mergeElements(List<?> list, List<?> elements) {
        Map<Object, Object> merged = new LinkedHashMap<>();
        list.forEach(element -> merged.put(nameOf(element), element));
        elements.forEach(element -> merged.merge(nameOf(element), element, PodOverrides::merge));
        return new ArrayList<>(merged.values());
    }

    private static boolean areNamed(List<?> list) {
        return list.stream().allMatch(element -> element instanceof Map<?, ?> object && object.containsKey(NAME));
    }

    private static Object nameOf(Object element) {
        return ((Map<?, ?>) element).get(NAME);
    }

    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
