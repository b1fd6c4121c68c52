package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.engine.NetworkUse;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.ContainerUser;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An engine's networks and volumes. */
final class DockerResources {

    /** A kernel with larger pages gives a volume in memory as many times the room, which does no harm. */
    private static final long PAGE = 4096;
    /** Podman lists no network of these names, and takes each of them. */
    private static final Set<String> ALWAYS_THERE = Set.of("bridge", "host", "none");

    private final DockerClient client;
    private final TimedCalls calls;
    private final IdempotentCreate creation;
    private final NetworkRemoval networkRemoval;

    DockerResources(DockerClient client, TimedCalls calls) {
        this.client = client;
        this.calls = calls;
        this.creation = new IdempotentCreate(calls);
        this.networkRemoval = new NetworkRemoval(client, calls);
    }

    List<NetworkObservation> networks(LabelSelector selector) {
        return calls.control(
                "list networks",
                () -> client.listNetworksCmd().withFilter("label", LabelFilter.of(selector)).exec().stream()
                        .map(network ->
                                new NetworkObservation(network.getId(), network.getName(), labels(network.getLabels())))
                        .filter(network -> selector.chooses(network.labels()))
                        .sorted(Comparator.comparing(NetworkObservation::name))
                        .toList());
    }

    /** The engine's own filter by name takes parts of names, and a list tells nothing of containers. */
    Optional<NetworkUse> network(String name) {
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

    String createNetwork(NetworkRequest request) {
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

    /** Engines may have several networks of one name; of those that are alike the last one is what was just made. */
    private Optional<String> findMade(NetworkRequest request) {
        return calls.control(
                "look for network " + request.name(),
                () -> client.listNetworksCmd().exec().stream()
                        .filter(network -> network.getName().equals(request.name()))
                        .filter(network -> request.labels().equals(network.getLabels()))
                        .max(Comparator.comparing(Network::getCreated))
                        .map(Network::getId));
    }

    void removeNetwork(String id) {
        networkRemoval.remove(id);
    }

    List<VolumeObservation> volumes(LabelSelector selector) {
        return calls.control(
                "list volumes",
                () -> Optional.ofNullable(client.listVolumesCmd()
                                .withFilter("label", LabelFilter.of(selector))
                                .exec()
                                .getVolumes())
                        .orElse(List.of())
                        .stream()
                        .map(volume -> new VolumeObservation(volume.getName(), labels(volume.getLabels())))
                        .filter(volume -> selector.chooses(volume.labels()))
                        .sorted(Comparator.comparing(VolumeObservation::name))
                        .toList());
    }

    void createVolume(VolumeRequest request) {
        String call = "create volume " + request.name();
        Map<String, String> labels = creation.make(
                call,
                () -> labels(client.createVolumeCmd()
                        .withName(request.name())
                        .withDriver("local")
                        .withDriverOpts(driverOptions(request))
                        .withLabels(request.labels())
                        .exec()
                        .getLabels()),
                () -> labelsOfVolume(request.name()));
        checkOurs(call, request, labels);
    }

    private Optional<Map<String, String>> labelsOfVolume(String name) {
        return calls.control("inspect volume " + name, () -> {
            try {
                return Optional.of(labels(client.inspectVolumeCmd(name).exec().getLabels()));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    void removeVolume(String name) {
        calls.control(
                "remove volume " + name,
                unlessGone(() -> client.removeVolumeCmd(name).exec()));
    }

    /** The local driver hands its options to mount(2). */
    private static Map<String, String> driverOptions(VolumeRequest request) {
        return request.memory()
                .map(memory -> Map.of("type", "tmpfs", "device", "tmpfs", "o", mountOptions(memory)))
                .orElse(Map.of());
    }

    /** By its number of pages, since Podman takes a size for a quota of the disk. */
    private static String mountOptions(VolumeRequest.Memory memory) {
        ContainerUser owner = memory.owner();
        long pages = (memory.bytes() + PAGE - 1) / PAGE;
        return "nr_blocks=%d,uid=%d,gid=%d,mode=0700".formatted(pages, owner.uid(), owner.gid());
    }

    /** Engines answer a volume that is there already as if it had just been made. */
    private static void checkOurs(String call, VolumeRequest request, Map<String, String> labels) {
        if (!labels.entrySet().containsAll(request.labels().entrySet())) {
            throw new EngineException(
                    Kind.CONFLICT,
                    call,
                    "a volume of that name is there already and is not ours",
                    "See `docker volume inspect " + request.name() + "`; remove it if nothing needs it.",
                    null);
        }
    }

    private static Map<String, String> labels(Map<String, String> reported) {
        return reported == null ? Map.of() : reported;
    }

    private static Runnable unlessGone(Runnable removal) {
        return () -> {
            try {
                removal.run();
            } catch (NotFoundException e) {
                // It is to be gone, and is.
            }
        };
    }
}
