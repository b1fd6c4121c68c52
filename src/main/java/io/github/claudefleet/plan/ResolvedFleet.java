package io.github.claudefleet.plan;

import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.NetworkSpec;
import io.github.claudefleet.spec.Sharing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fleet as configured, joined with a single observation of the engine. Planner and services take this and observe nothing
 * themselves.
 *
 * @param spec fleet with its claimed identity, resolved workspaces, and the sharing that the image's CLI allows
 * @param target image to run
 * @param image that image as the engine has it, or {@link #NO_IMAGE}
 * @param observed the fleet's resources on the engine
 * @param gatewayImage image of its gateway
 * @param key secret of its gateway, of the observed one or new
 * @param capabilities abilities of the engine
 */
public record ResolvedFleet(
        FleetSpec spec,
        ImageTarget target,
        ImageObservation image,
        ObservedFleet observed,
        ImageTarget gatewayImage,
        GatewayKey key,
        Set<EngineCapability> capabilities) {

    /** Placeholder for an image that is not built or pulled yet. */
    public static final ImageObservation NO_IMAGE = new ImageObservation("not yet", Map.of());

    /**
     * Resolves the sharing: reuses the result of an earlier self-test of the same image, so that no container is created
     * twice.
     */
    public ResolvedFleet {
        boolean fallsBack = spec.login().sharing() == Sharing.LOGIN
                && observed.auth()
                        .filter(auth -> auth.imageId().equals(image.id()))
                        .flatMap(auth -> auth.label(Labels.SHARING))
                        .equals(Optional.of(Sharing.ALL_BY_FALLBACK.value()));
        spec = fallsBack ? spec.withSharing(Sharing.ALL_BY_FALLBACK) : spec;
    }

    /** Creates a fleet whose gateway has the observed secret, or a new one. */
    public ResolvedFleet(
            FleetSpec spec,
            ImageTarget target,
            ImageObservation image,
            ObservedFleet observed,
            ImageTarget gatewayImage,
            Set<EngineCapability> capabilities) {
        this(spec, target, image, observed, gatewayImage, GatewayKey.of(observed), capabilities);
    }

    /** Returns the image; empty if it must be built or pulled first. */
    public Optional<ImageObservation> presentImage() {
        return Optional.of(image).filter(present -> !present.equals(NO_IMAGE));
    }

    /** Returns the networks that the fleet owns: one unless the pom names another, or a fence on an engine without any. */
    List<NetworkRequest> networks() {
        ResourceNames names = new ResourceNames(spec.id());
        Map<String, String> labels = spec.id().labels();
        if (has(EngineCapability.NETWORKS)) {
            return spec.containers().network().existing().isPresent()
                    ? List.of()
                    : List.of(new NetworkRequest(names.network(), labels));
        }
        if (!spec.isFenced()) {
            return List.of();
        }
        Map<String, String> gateway = new TreeMap<>(labels);
        gateway.put(Labels.ROLE, Role.GATEWAY.value());
        return List.of(new NetworkRequest(
                names.fence(), labels, Optional.of(new NetworkRequest.Fence(gateway, GatewayPort.NUMBER))));
    }

    /** Returns true if agents have the gateway's files and sockets by a volume, and false if they call on its port. */
    public boolean sharesVolumes() {
        return has(EngineCapability.SHARED_VOLUMES);
    }

    /** Returns the network of an agent. */
    NetworkAttachment network(AgentSpec agent) {
        if (!agent.egress().isFenced()) {
            return network();
        }
        return has(EngineCapability.NETWORKS)
                ? NetworkAttachment.NONE
                : new NetworkAttachment(new ResourceNames(spec.id()).fence());
    }

    private boolean has(EngineCapability capability) {
        return capabilities.contains(capability);
    }

    /** Returns the network that its containers join. */
    NetworkAttachment network() {
        NetworkSpec network = spec.containers().network();
        String own = has(EngineCapability.NETWORKS) ? new ResourceNames(spec.id()).network() : NetworkAttachment.COMMON;
        return new NetworkAttachment(
                network.existing().orElse(own), spec.containers().extraHosts());
    }

    /** Returns the id of the image. */
    String imageId() {
        return image.id();
    }

    public ResolvedFleet withSpec(FleetSpec other) {
        return new ResolvedFleet(other, target, image, observed, gatewayImage, key, capabilities);
    }

    public ResolvedFleet withImage(ImageObservation present) {
        return new ResolvedFleet(spec, target, present, observed, gatewayImage, key, capabilities);
    }

    public ResolvedFleet withObserved(ObservedFleet later) {
        return new ResolvedFleet(spec, target, image, later, gatewayImage, key, capabilities);
    }
}
