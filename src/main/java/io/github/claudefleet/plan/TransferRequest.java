package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.runtime.TransferProgram;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Workspace;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Request for the container by which the volume of an agent's workspace is filled or read. It has nothing but that
 * volume: no login, no network, and a new file system, which the agent can't have prepared.
 */
public final class TransferRequest {

    private TransferRequest() {}

    /** @param volume volume with the labels of a workspace */
    public static ContainerRequest of(VolumeObservation volume) {
        SortedMap<String, String> labels = new TreeMap<>(volume.labels());
        labels.keySet().removeAll(List.of(Labels.IMAGE, Labels.USER, Labels.WORKSPACE));
        labels.put(Labels.ROLE, Role.TRANSFER.value());
        return new ContainerRequest(
                volume.name() + ".transfer",
                volume.labels().get(Labels.IMAGE),
                ContainerUser.parse(volume.labels().get(Labels.USER)),
                TransferProgram.stay(),
                new TreeMap<>(),
                labels,
                List.of(new Mount.Volume(volume.name(), Workspace.MOUNT, false)),
                "/",
                NetworkAttachment.NONE,
                ResourceLimits.DEFAULT,
                Hardening.DEFAULT.withReadOnlyRootfs(false),
                Lifecycle.ONCE);
    }
}
