package io.github.claudefleet.plan;

import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.spec.FleetSpec;

/** Fleets joined with an observation, whose gateway, if they have one, has a known image and secret. */
public final class ResolvedFixture {

    public static final String GATEWAY_IMAGE = "claude-fleet/gateway:1";
    public static final GatewayKey KEY = new GatewayKey("00ff00ff00ff00ff00ff00ff00ff00ff");

    private ResolvedFixture() {}

    public static ResolvedFleet of(FleetSpec spec, ImageTarget target, ImageObservation image, ObservedFleet observed) {
        return new ResolvedFleet(
                spec, target, image, observed, new ImageTarget(GATEWAY_IMAGE, spec.gatewayImage()), KEY);
    }
}
