package io.github.claudefleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.EngineVolumes;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.ContainerUser;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Volume operations of an engine. */
final class DockerVolumes implements EngineVolumes {

    /**
     * Page size for a tmpfs volume's size. With larger pages the volume is that many times larger, which is harmless.
     */
    private static final long PAGE = 4096;

    private final DockerClient client;
    private final TimedCalls calls;
    private final IdempotentCreate creation;

    DockerVolumes(DockerClient client, TimedCalls calls) {
        this.client = client;
        this.calls = calls;
        this.creation = new IdempotentCreate(calls);
    }

    @Override
    public List<VolumeObservation> list(LabelSelector selector) {
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

    @Override
    public void create(VolumeRequest request) {
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

    @Override
    public void write(String name, List<UploadFile> files) {
        throw new UnsupportedOperationException("containers share volumes, and one of them gets the files");
    }

    @Override
    public void remove(String name) {
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
