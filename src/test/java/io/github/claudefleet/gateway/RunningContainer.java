package io.github.claudefleet.gateway;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import java.util.Map;
import java.util.Optional;

/** Gateway's container as an engine reports it. */
public final class RunningContainer {

    public static final String ID = "c-gateway";

    private RunningContainer() {}

    public static ContainerObservation inState(ContainerState state) {
        return new ContainerObservation(
                ID,
                "claude-fleet-shop-c0ffee00-gateway",
                Map.of(),
                "claude-fleet/gateway:1",
                "sha256:1",
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
