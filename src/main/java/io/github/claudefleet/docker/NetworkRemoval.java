package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Removes networks, also if the engine still lists a container as connected that no longer runs. Docker releases an
 * endpoint after it reports the container as removed, and on a busy machine sometimes never (moby/moby issues 17217,
 * 29631 and 42119).
 */
final class NetworkRemoval {

    /** Pauses between attempts, short ones first: an endpoint in release takes milliseconds. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(400),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));

    private final DockerClient client;
    private final TimedCalls calls;

    NetworkRemoval(DockerClient client, TimedCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Removes a network; does nothing if it does not exist.
     *
     * @throws EngineException if running containers are connected to it, with their names, or if the engine fails
     */
    void remove(String id) {
        String call = "remove network " + ShortIds.shown(id);
        for (Duration pause : PAUSES) {
            try {
                removeNow(call, id);
                return;
            } catch (EngineException e) {
                if (e.kind() != Kind.CONFLICT) {
                    throw e;
                }
                refuseIfInUse(call, id, e);
            }
            TimedCalls.sleep(call, pause);
            connected(call, id).forEach((container, name) -> disconnect(call, id, container, name));
        }
        removeNow(call, id);
    }

    private void removeNow(String call, String id) {
        calls.control(call, () -> {
            try {
                client.removeNetworkCmd(id).exec();
            } catch (NotFoundException e) {
                // It no longer exists, as requested.
            }
        });
    }

    private void refuseIfInUse(String call, String id, EngineException refusal) {
        List<String> running = connected(call, id).entrySet().stream()
                .filter(container -> isRunning(call, container.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (!running.isEmpty()) {
            throw refusal.withSuggestion(
                    "These running containers are connected to the network: %s. Stop them, or disconnect"
                                    .formatted(String.join(", ", running))
                            + " them (docker network disconnect), then run the goal again.");
        }
    }

    /**
     * Disconnects by force and by endpoint name, which is all that the engine still knows of most of these containers.
     */
    private void disconnect(String call, String id, String container, String name) {
        if (isRunning(call, container)) {
            return;
        }
        calls.control(call, () -> {
            try {
                client.disconnectFromNetworkCmd()
                        .withNetworkId(id)
                        .withContainerId(name)
                        .withForce(true)
                        .exec();
            } catch (NotFoundException e) {
                // The engine has released it in the meantime.
            }
        });
    }

    /** Returns the names of the connected containers by id. */
    private Map<String, String> connected(String call, String id) {
        Map<String, String> names = new TreeMap<>();
        calls.control(call, () -> {
            try {
                Network network = client.inspectNetworkCmd().withNetworkId(id).exec();
                if (network.getContainers() != null) {
                    network.getContainers()
                            .forEach((container, endpoint) -> names.put(container, nameOf(container, endpoint)));
                }
            } catch (NotFoundException e) {
                // Without the network, nothing is connected.
            }
        });
        return names;
    }

    private static String nameOf(String container, Network.ContainerNetworkConfig endpoint) {
        return endpoint.getName() == null || endpoint.getName().isEmpty() ? container : endpoint.getName();
    }

    private boolean isRunning(String call, String container) {
        return calls.control(call, () -> {
            try {
                return Boolean.TRUE.equals(
                        client.inspectContainerCmd(container).exec().getState().getRunning());
            } catch (NotFoundException e) {
                return false;
            }
        });
    }
}
