package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.EngineNetworks;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.NetworkUse;
import java.util.List;
import java.util.Optional;

/** Networks of a cluster, which has none to choose from: all pods are on one. */
final class ClusterNetworks implements EngineNetworks {

    @Override
    public List<NetworkObservation> list(LabelSelector selector) {
        return List.of();
    }

    @Override
    public Optional<NetworkUse> find(String name) {
        return Optional.empty();
    }

    @Override
    public String create(NetworkRequest request) {
        throw new UnsupportedOperationException("a cluster has one network");
    }

    @Override
    public void remove(String networkId) {
        throw new UnsupportedOperationException("a cluster has one network");
    }
}
