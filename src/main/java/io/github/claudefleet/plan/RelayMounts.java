package io.github.claudefleet.plan;

import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerPaths;
import java.util.List;

/** Mounts of an agent that shares no volume with its gateway: its key, and the relay from the gateway's image. */
record RelayMounts(ResolvedFleet fleet) {

    private static final String IN_IMAGE = "/opt/claude-fleet-gateway/relay";

    List<Mount> of(AgentSpec agent) {
        if (fleet.sharesVolumes() || !agent.egress().isFenced()) {
            return List.of();
        }
        ResourceNames names = new ResourceNames(fleet.spec().id());
        return List.of(
                new Mount.Volume(
                        names.gatewayKeyVolume(agent.name(), fleet.spec().user()), ContainerPaths.GATEWAY_KEY, true),
                new Mount.FromImage(fleet.gatewayImage().reference(), IN_IMAGE, ContainerPaths.RELAY_COPY));
    }
}
