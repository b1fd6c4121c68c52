package io.github.claudefleet.plan;

import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.spec.FleetSpec;
import java.util.Set;

/** Fleets joined with an observation, whose gateway, if they have one, has a known image and secret. */
public final class ResolvedFixture {

    public static final String GATEWAY_IMAGE = "claude-fleet/gateway:1";
    public static final GatewayKey KEY = new GatewayKey("00ff00ff00ff00ff00ff00ff00ff00ff");

    private ResolvedFixture() {}

    public static ResolvedFleet of(FleetSpec spec, ImageTarget target, ImageObservation image, ObservedFleet observed) {
        return of(spec, target, image, observed, EngineCapability.ALL);
    }

    /** Returns a fleet on an engine with some of the capabilities. */
    public static ResolvedFleet of(
            FleetSpec spec,
            ImageTarget target,
            ImageObservation image,
            ObservedFleet observed,
            Set<EngineCapability> capabilities) {
        return new ResolvedFleet(
                spec, target, image, observed, new ImageTarget(GATEWAY_IMAGE, spec.gatewayImage()), KEY, capabilities);
    }
}
