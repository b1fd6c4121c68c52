package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.EngineNetworks;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.NetworkUse;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Networks of a cluster, which has one for all pods. Fences in it are NetworkPolicies. */
final class ClusterNetworks implements EngineNetworks {

    private final ClusterConnection connection;
    private final ApiErrors errors;
    private final ObjectOwners owners;

    /** @param owners objects with which the policies end */
    ClusterNetworks(ClusterConnection connection, ObjectOwners owners) {
        this.connection = connection;
        this.errors = connection.errors();
        this.owners = owners;
    }

    /** Returns the fences; none for a user who may not list policies, and so has not created one. */
    @Override
    public List<NetworkObservation> list(LabelSelector selector) {
        return errors.call("list networkpolicies", () -> all(selector)).stream()
                .filter(policy -> ObjectLabels.chooses(selector, policy))
                .filter(ClusterNetworks::isInside)
                .map(policy -> new NetworkObservation(
                        ObjectLabels.name(policy), ObjectLabels.name(policy), ObjectLabels.of(policy)))
                .sorted(Comparator.comparing(NetworkObservation::name))
                .toList();
    }

    private List<NetworkPolicy> all(LabelSelector selector) {
        try {
            return policies()
                    .withLabelSelector(ObjectLabels.selector(selector))
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    private static boolean isInside(NetworkPolicy policy) {
        return policy.getSpec().getPodSelector().getMatchLabels().containsKey(FencePolicies.NETWORK);
    }

    @Override
    public Optional<NetworkUse> find(String name) {
        return Optional.empty();
    }

    /** Creates a fence. Its first policy may be left of a creation that was cut short, and the second completes it. */
    @Override
    public String create(NetworkRequest request) {
        String creation = UUID.randomUUID().toString();
        FencePolicies fence = new FencePolicies(request, owners.of(request.labels()), creation);
        String call = "create networkpolicy ";
        CreateOnce<NetworkPolicy> once = new CreateOnce<>(policies(), errors);
        String beyond = FencePolicies.nameBeyond(request.name());
        try {
            once.create(call + beyond, fence.beyond(), creation);
        } catch (EngineException e) {
            if (e.kind() != Kind.CONFLICT || !isOwn(beyond, request)) {
                throw e;
            }
        }
        once.create(call + request.name(), fence.inside(), creation);
        return request.name();
    }

    private boolean isOwn(String name, NetworkRequest request) {
        NetworkPolicy found =
                errors.call("read networkpolicy " + name, () -> one(name).get());
        return found != null && ObjectLabels.of(found).equals(request.labels());
    }

    @Override
    public void remove(String id) {
        for (String name : List.of(id, FencePolicies.nameBeyond(id))) {
            errors.call("remove networkpolicy " + name, () -> one(name).delete());
        }
    }

    private Resource<NetworkPolicy> one(String name) {
        return policies().withName(ObjectNames.name(name));
    }

    private NonNamespaceOperation<NetworkPolicy, NetworkPolicyList, Resource<NetworkPolicy>> policies() {
        return connection.client().network().v1().networkPolicies().inNamespace(connection.namespace());
    }
}
