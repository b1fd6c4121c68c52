package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.NetworkRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * NetworkPolicies of a fence: one for the pods that join it, and one for those that they may reach. Policies select pods by
 * labels, so that they can be created before the pods.
 *
 * @param request request for a network with a fence
 * @param owner object with which they end
 * @param creation random text for this creation
 */
record FencePolicies(NetworkRequest request, Optional<OwnerReference> owner, String creation) {

    /** Label of a pod, with the name of the fence that it joins. */
    static final String NETWORK = "claude-fleet/network";

    private static final String LOOPBACK = "127.0.0.1";

    /** Returns the labels by which a network's policies find a pod. */
    static Map<String, String> labels(NetworkAttachment network) {
        return isFence(network) ? Map.of(NETWORK, ObjectNames.value(network.name())) : Map.of();
    }

    /** Lets names resolve nowhere at once in a pod that joins a fence: it would wait for an answer of the cluster's server. */
    static void addResolver(PodSpecBuilder spec, NetworkAttachment network) {
        if (isFence(network)) {
            spec.withDnsPolicy("None")
                    .withNewDnsConfig()
                    .withNameservers(LOOPBACK)
                    .endDnsConfig();
        }
    }

    private static boolean isFence(NetworkAttachment network) {
        return !network.name().equals(NetworkAttachment.COMMON);
    }

    /** Returns the name of the policy for the pods that may be reached. */
    static String nameBeyond(String fence) {
        return fence + "-gateway";
    }

    /** Returns the policy of the pods that join: they reach the fence's port alone, and nothing reaches them. */
    NetworkPolicy inside() {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata(request.name()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(members())
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .addNewEgress()
                .addNewTo()
                .withNewPodSelector()
                .withMatchLabels(reachable())
                .endPodSelector()
                .endTo()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(new IntOrString(fence().port()))
                .endPort()
                .endEgress()
                .endSpec()
                .build();
    }

    /**
     * Returns the policy of the pods that may be reached: by the fence's pods alone, on every port. The others must be
     * closed by the fence, which is proved by that.
     */
    NetworkPolicy beyond() {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata(nameBeyond(request.name())))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(reachable())
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .withMatchLabels(members())
                .endPodSelector()
                .endFrom()
                .endIngress()
                .endSpec()
                .build();
    }

    private ObjectMeta metadata(String name) {
        return ObjectLabels.metadata(name, request.labels(), owner, creation);
    }

    private Map<String, String> members() {
        Map<String, String> members = new HashMap<>(values(request.labels()));
        members.put(NETWORK, ObjectNames.value(request.name()));
        return members;
    }

    private Map<String, String> reachable() {
        return values(fence().labels());
    }

    private NetworkRequest.Fence fence() {
        return request.fence().orElseThrow(() -> new UnsupportedOperationException("a cluster has one network"));
    }

    private static Map<String, String> values(Map<String, String> labels) {
        Map<String, String> values = new TreeMap<>();
        labels.forEach((key, value) -> values.put(key, ObjectNames.value(value)));
        return values;
    }
}
