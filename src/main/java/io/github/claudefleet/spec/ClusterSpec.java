package io.github.claudefleet.spec;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of a fleet's pods on a Kubernetes cluster.
 *
 * @param namespace namespace of the fleet; empty for that of the kubeconfig's context
 * @param imagePullSecrets names of the Secrets with which the cluster pulls the image
 * @param nodeSelector labels that a node must have
 * @param tolerations taints of nodes that the pods accept
 * @param requests resources that a node must have left for each pod
 * @param labels labels of the pods in addition to the fleet's
 * @param podOverrides YAML that is merged into each pod; empty for none
 * @param pull condition under which a node pulls the image
 */
public record ClusterSpec(
        Optional<String> namespace,
        List<String> imagePullSecrets,
        SortedMap<String, String> nodeSelector,
        List<Toleration> tolerations,
        Requests requests,
        SortedMap<String, String> labels,
        Optional<String> podOverrides,
        PullPolicy pull) {

    /** Settings of a cluster of which the pom says nothing. */
    public static final ClusterSpec DEFAULT = new ClusterSpec(
            Optional.empty(),
            List.of(),
            Collections.emptySortedMap(),
            List.of(),
            Requests.NONE,
            Collections.emptySortedMap(),
            Optional.empty(),
            PullPolicy.MISSING);

    /**
     * Taint that pods accept.
     *
     * @param key key of the taint
     * @param value value of the taint; empty for any
     * @param effect effect of the taint, such as {@code NoSchedule}; empty for all
     */
    public record Toleration(String key, Optional<String> value, Optional<String> effect) {}

    /**
     * Resources that a node must have left.
     *
     * @param memory memory; empty for that which a container takes even if it does little
     * @param cpus processors; empty for a tenth of one
     */
    public record Requests(Optional<MemorySize> memory, Optional<Double> cpus) {

        /** Nothing is said. */
        public static final Requests NONE = new Requests(Optional.empty(), Optional.empty());
    }

    public ClusterSpec {
        imagePullSecrets = List.copyOf(imagePullSecrets);
        nodeSelector = Collections.unmodifiableSortedMap(new TreeMap<>(nodeSelector));
        tolerations = List.copyOf(tolerations);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        refuseOwn(labels);
    }

    /** Returns a copy for a namespace. */
    public ClusterSpec in(String other) {
        return new ClusterSpec(
                Optional.of(other), imagePullSecrets, nodeSelector, tolerations, requests, labels, podOverrides, pull);
    }

    /** Refuses labels by which fleets are found. */
    private static void refuseOwn(Map<String, String> labels) {
        labels.keySet().stream()
                .filter(label -> label.startsWith(Labels.PREFIX))
                .findFirst()
                .ifPresent(label -> {
                    throw new InvalidSpecException(
                            "kubernetes.labels", "has " + label + ", which the plugin sets", "Choose another name.");
                });
    }
}
