package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Removes a network. Docker releases a container's endpoint after it has reported that the container is gone, and on a
 * busy machine sometimes never (moby/moby issues 17217, 29631 and 42119). Such a failure is one that {@link
 * RetriedRemovals} tries again.
 */
final class NetworkRemoval {

    private final DockerClient client;
    private final TimedCalls calls;

    NetworkRemoval(DockerClient client, TimedCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Removes the network; does nothing if there is none of that id.
     *
     * @throws EngineException if running containers are connected to it, with their names; of kind {@code FAILED} if the
     *     engine has not released the endpoints of containers that have ended
     */
    void remove(String id) {
        String call = "remove network " + ShortIds.shown(id);
        try {
            calls.unlessGone(call, () -> client.removeNetworkCmd(id).exec());
        } catch (EngineException e) {
            throw e.kind() == Kind.CONFLICT ? explained(call, id, e) : e;
        }
    }

    private EngineException explained(String call, String id, EngineException refusal) {
        Map<String, String> connected = connected(call, id);
        List<String> running = connected.entrySet().stream()
                .filter(container -> running(call, container.getKey()).orElse(false))
                .map(Map.Entry::getValue)
                .toList();
        if (!running.isEmpty()) {
            return refusal.withSuggestion(
                    "These running containers are connected to the network: %s. Stop them, or disconnect"
                                    .formatted(String.join(", ", running))
                            + " them (docker network disconnect), then run the goal again.");
        }
        connected.forEach((container, name) -> {
            if (running(call, container).isEmpty()) {
                disconnect(call, id, name);
            }
        });
        return new EngineException(
                Kind.FAILED, call, "the engine has not released endpoints of containers that have ended", "", refusal);
    }

    /** Forced, because the engine knows the endpoint's name alone, and no longer the container. */
    private void disconnect(String call, String id, String name) {
        calls.unlessGone(
                call,
                () -> client.disconnectFromNetworkCmd()
                        .withNetworkId(id)
                        .withContainerId(name)
                        .withForce(true)
                        .exec());
    }

    /** Returns the names of the endpoints by container id. */
    private Map<String, String> connected(String call, String id) {
        Map<String, String> names = new TreeMap<>();
        calls.unlessGone(call, () -> {
            Network network = client.inspectNetworkCmd().withNetworkId(id).exec();
            Optional.ofNullable(network.getContainers())
                    .orElse(Map.of())
                    .forEach((container, endpoint) -> names.put(container, nameOf(container, endpoint)));
        });
        return names;
    }

    private static String nameOf(String container, Network.ContainerNetworkConfig endpoint) {
        return endpoint.getName() == null || endpoint.getName().isEmpty() ? container : endpoint.getName();
    }

    /** Returns whether the container runs; empty if it does not exist. */
    private Optional<Boolean> running(String call, String container) {
        return calls.control(call, () -> {
            try {
                return Optional.of(Boolean.TRUE.equals(
                        client.inspectContainerCmd(container).exec().getState().getRunning()));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }
}
