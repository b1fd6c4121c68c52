package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.github.claudefleet.engine.EngineNetworks;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.NetworkUse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Network operations of an engine. */
final class DockerNetworks implements EngineNetworks {

    /** Networks that Podman accepts but does not list. */
    private static final Set<String> ALWAYS_THERE = Set.of("bridge", "host", "none");

    private final DockerClient client;
    private final TimedCalls calls;
    private final IdempotentCreate creation;
    private final NetworkRemoval networkRemoval;

    DockerNetworks(DockerClient client, TimedCalls calls) {
        this.client = client;
        this.calls = calls;
        this.creation = new IdempotentCreate(calls);
        this.networkRemoval = new NetworkRemoval(client, calls);
    }

    @Override
    public List<NetworkObservation> list(LabelSelector selector) {
        return calls.control(
                "list networks",
                () -> client.listNetworksCmd().withFilter("label", LabelFilter.of(selector)).exec().stream()
                        .map(network ->
                                new NetworkObservation(network.getId(), network.getName(), labels(network.getLabels())))
                        .filter(network -> selector.chooses(network.labels()))
                        .sorted(Comparator.comparing(NetworkObservation::name))
                        .toList());
    }

    /**
     * Lists and then inspects. The engine's name filter matches parts of names, and a list does not report containers.
     */
    @Override
    public Optional<NetworkUse> find(String name) {
        return calls.control(
                        "look for network " + name,
                        () -> client.listNetworksCmd().exec().stream()
                                .filter(network -> name.equals(network.getName()))
                                .map(Network::getId)
                                .findFirst()
                                .flatMap(this::use))
                .or(() -> Optional.of(name).filter(ALWAYS_THERE::contains).map(driver -> new NetworkUse(driver, 0)));
    }

    private Optional<NetworkUse> use(String id) {
        try {
            Network network = client.inspectNetworkCmd().withNetworkId(id).exec();
            int containers = network.getContainers() == null
                    ? 0
                    : network.getContainers().size();
            return Optional.of(new NetworkUse(String.valueOf(network.getDriver()), containers));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public String create(NetworkRequest request) {
        return creation.make(
                "create network " + request.name(),
                () -> client.createNetworkCmd()
                        .withName(request.name())
                        .withLabels(request.labels())
                        .withCheckDuplicate(true)
                        .exec()
                        .getId(),
                () -> findMade(request));
    }

    /**
     * Finds the network after a lost response. Engines allow equal names, so the latest match is the one just created.
     */
    private Optional<String> findMade(NetworkRequest request) {
        return calls.control(
                "look for network " + request.name(),
                () -> client.listNetworksCmd().exec().stream()
                        .filter(network -> network.getName().equals(request.name()))
                        .filter(network -> request.labels().equals(network.getLabels()))
                        .max(Comparator.comparing(Network::getCreated))
                        .map(Network::getId));
    }

    @Override
    public void remove(String id) {
        networkRemoval.remove(id);
    }

    private static Map<String, String> labels(Map<String, String> reported) {
        return reported == null ? Map.of() : reported;
    }
}
