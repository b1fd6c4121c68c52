package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateVolumeResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
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
    private final Calls calls;

    DockerResources(DockerClient client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    List<NetworkObservation> networks(LabelSelector selector) {
        return calls.control(
                "list networks",
                () -> client.listNetworksCmd().withFilter("label", LabelFilter.of(selector)).exec().stream()
                        .map(network -> new NetworkObservation(network.getId(), network.getName()))
                        .sorted(Comparator.comparing(NetworkObservation::name))
                        .toList());
    }

    /** The engine's own filter by name takes parts of names. */
    boolean hasNetwork(String name) {
        return ALWAYS_THERE.contains(name)
                || calls.control(
                        "look for network " + name,
                        () -> client.listNetworksCmd().exec().stream()
                                .map(Network::getName)
                                .anyMatch(name::equals));
    }

    String createNetwork(NetworkRequest request) {
        return calls.control(
                "create network " + request.name(),
                () -> client.createNetworkCmd()
                        .withName(request.name())
                        .withLabels(request.labels())
                        .withCheckDuplicate(true)
                        .exec()
                        .getId());
    }

    void removeNetwork(String id) {
        calls.control(
                "remove network " + Ids.shown(id),
                unlessGone(() -> client.removeNetworkCmd(id).exec()));
    }

    List<String> volumes(LabelSelector selector) {
        return calls.control(
                "list volumes",
                () -> Optional.ofNullable(client.listVolumesCmd()
                                .withFilter("label", LabelFilter.of(selector))
                                .exec()
                                .getVolumes())
                        .orElse(List.of())
                        .stream()
                        .map(InspectVolumeResponse::getName)
                        .sorted()
                        .toList());
    }

    void createVolume(VolumeRequest request) {
        String call = "create volume " + request.name();
        CreateVolumeResponse made = calls.control(
                call,
                () -> client.createVolumeCmd()
                        .withName(request.name())
                        .withDriver("local")
                        .withDriverOpts(driverOptions(request))
                        .withLabels(request.labels())
                        .exec());
        checkOurs(call, request, made);
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
    private static void checkOurs(String call, VolumeRequest request, CreateVolumeResponse made) {
        Map<String, String> labels = made.getLabels() == null ? Map.of() : made.getLabels();
        if (!labels.entrySet().containsAll(request.labels().entrySet())) {
            throw new EngineException(
                    Kind.CONFLICT,
                    call,
                    "a volume of that name is there already and is not ours",
                    "See `docker volume inspect " + request.name() + "`; remove it if nothing needs it.",
                    null);
        }
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
