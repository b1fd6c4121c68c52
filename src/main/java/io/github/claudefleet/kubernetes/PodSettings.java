package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.PullPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The pom's settings for pods: nodes, requests, labels, secrets for pulls, and what the plugin has no parameter for. */
final class PodSettings {

    private final ClusterSpec spec;

    PodSettings(ClusterSpec spec) {
        this.spec = spec;
    }

    /** Returns the pod with the settings. */
    Pod applyTo(Pod pod) {
        Pod set = new PodBuilder(pod)
                .editMetadata()
                .addToLabels(spec.labels())
                .endMetadata()
                .editSpec()
                .withImagePullSecrets(spec.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNodeSelector(spec.nodeSelector())
                .withTolerations(
                        spec.tolerations().stream().map(PodSettings::toleration).toList())
                .editFirstContainer()
                .editResources()
                .addToRequests(requests())
                .endResources()
                .endContainer()
                .endSpec()
                .build();
        Stream.of(set.getSpec().getInitContainers(), set.getSpec().getContainers())
                .flatMap(List::stream)
                .forEach(container -> container.setImagePullPolicy(pull(spec.pull())));
        return spec.podOverrides()
                .map(yaml -> new PodOverrides(yaml).applyTo(set))
                .orElse(set);
    }

    private Map<String, Quantity> requests() {
        Map<String, Quantity> requests = new LinkedHashMap<>();
        spec.requests()
                .memory()
                .ifPresent(memory -> requests.put("memory", new Quantity(Long.toString(memory.bytes()))));
        spec.requests().cpus().ifPresent(cpus -> requests.put("cpu", new Quantity(Math.round(cpus * 1000) + "m")));
        return requests;
    }

    private static String pull(PullPolicy policy) {
        return switch (policy) {
            case ALWAYS -> "Always";
            case MISSING -> "IfNotPresent";
            case NEVER -> "Never";
        };
    }

    private static Toleration toleration(ClusterSpec.Toleration given) {
        return new TolerationBuilder()
                .withKey(given.key())
                .withOperator(given.value().isPresent() ? "Equal" : "Exists")
                .withValue(given.value().orElse(null))
                .withEffect(given.effect().orElse(null))
                .build();
    }
}
