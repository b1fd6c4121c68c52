package io.github.claudefleet.plan;

import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Volumes of a fleet. The kit must outlive a restart of its containers; secrets are never on disk. */
final class Volumes {

    /** Size of an in-memory volume for a token, a key, an identity or Maven's settings. */
    private static final long SECRETS_BYTES = 1L << 20;
    /** Size of the gateway's volume, with the relay and its libraries, of which measured 8 MiB are used. */
    private static final long GATEWAY_BYTES = 32L << 20;

    private Volumes() {}

    static List<VolumeRequest> of(ResolvedFleet fleet) {
        FleetSpec spec = fleet.spec();
        ResourceNames names = new ResourceNames(spec.id());
        ContainerUser owner = spec.user();
        Map<String, String> labels = spec.id().labels();
        List<VolumeRequest> volumes = new ArrayList<>();
        volumes.add(VolumeRequest.onDisk(names.kitVolume(owner), labels));
        if (spec.login().hasSecrets()) {
            volumes.add(VolumeRequest.inMemory(names.secretsVolume(owner), labels, owner, SECRETS_BYTES));
        }
        if (spec.login().federation().isPresent()) {
            volumes.add(VolumeRequest.inMemory(names.identityVolume(owner), labels, owner, SECRETS_BYTES));
        }
        if (spec.java().settings().isPresent()) {
            volumes.add(VolumeRequest.inMemory(names.mavenVolume(owner), labels, owner, SECRETS_BYTES));
        }
        if (spec.hasGateway()) {
            volumes.add(VolumeRequest.inMemory(names.gatewayVolume(owner), labels, owner, GATEWAY_BYTES));
        }
        if (!fleet.sharesVolumes()) {
            spec.agents().stream()
                    .filter(agent -> agent.egress().isFenced())
                    .forEach(agent -> volumes.add(VolumeRequest.inMemory(
                            names.gatewayKeyVolume(agent.name(), owner), labels, owner, SECRETS_BYTES)));
        }
        // By the fleet's image, the volumes of workspaces are filled and read.
        String image = fleet.target().reference();
        spec.agents().stream()
                .filter(agent -> agent.workspace().isInVolume())
                .forEach(agent -> volumes.add(VolumeRequest.onDisk(
                        names.workspaceVolume(agent.name(), owner), workspaceLabels(agent, owner, labels, image))));
        return volumes;
    }

    /** Labels a volume with all that is needed to read it when its fleet is gone. */
    private static Map<String, String> workspaceLabels(
            AgentSpec agent, ContainerUser owner, Map<String, String> fleet, String image) {
        Map<String, String> labels = new TreeMap<>(fleet);
        labels.put(Labels.AGENT, agent.name().value());
        labels.put(Labels.IMAGE, image);
        labels.put(Labels.USER, owner.toString());
        agent.workspace().place().ifPresent(place -> labels.put(Labels.WORKSPACE, place.toString()));
        return labels;
    }
}
