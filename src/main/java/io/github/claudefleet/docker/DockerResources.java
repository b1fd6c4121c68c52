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

/** Network and volume operations of an engine. */
final class DockerResources {

    /**
     * Page size for a tmpfs volume's size. With larger pages the volume is that many times larger, which is harmless.
     */
    private static final long PAGE = 4096;
    /** Networks that Podman accepts but does not list. */
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

    /**
     * Lists and then inspects. The engine's name filter matches parts of names, and a list does not report containers.
     */
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
        calls.unlessGone(
                "remove volume " + name, () -> client.removeVolumeCmd(name).exec());
    }

    /** Returns options of the local driver, which passes them to mount(2). */
    private static Map<String, String> driverOptions(VolumeRequest request) {
        return request.memory()
                .map(memory -> Map.of("type", "tmpfs", "device", "tmpfs", "o", mountOptions(memory)))
                .orElse(Map.of());
    }

    /** Returns the mount options. The size is given in pages, as Podman treats {@code size} as a disk quota. */
    private static String mountOptions(VolumeRequest.Memory memory) {
        ContainerUser owner = memory.owner();
        long pages = (memory.bytes() + PAGE - 1) / PAGE;
        return "nr_blocks=%d,uid=%d,gid=%d,mode=0700".formatted(pages, owner.uid(), owner.gid());
    }

    /** Checks the labels, as engines answer for an existing volume as if it had just been created. */
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
}
