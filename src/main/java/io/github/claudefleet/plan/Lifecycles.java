package io.github.claudefleet.plan;

import io.github.claudefleet.engine.HealthCheck;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.RestartPolicy;
import io.github.claudefleet.runtime.KitResources;
import io.github.claudefleet.spec.ContainerPaths;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Restart policy and health check of each role's containers. */
final class Lifecycles {

    /** Grace period of the keeper. It ends at once unless it renews the login, which must finish. */
    private static final Duration KEEPER_GRACE = Duration.ofSeconds(90);
    /** Grace period of the gateway, which has nothing to finish. */
    private static final Duration GATEWAY_GRACE = Duration.ofSeconds(1);

    private static final HealthCheck HEALTH = new HealthCheck(List.of("/bin/sh", ContainerPaths.KIT + "/health.sh"));
    private static final HealthCheck GATEWAY_HEALTH =
            new HealthCheck(KitResources.inlined("gateway-health.sh", ContainerPaths.GATEWAY));

    private Lifecycles() {}

    static Lifecycle ofAuth() {
        return new Lifecycle(RestartPolicy.untilStopped(KEEPER_GRACE), Optional.of(HEALTH));
    }

    static Lifecycle ofGateway() {
        return new Lifecycle(RestartPolicy.untilStopped(GATEWAY_GRACE), Optional.of(GATEWAY_HEALTH));
    }

    static Lifecycle ofAgent() {
        return new Lifecycle(RestartPolicy.ONCE, Optional.of(HEALTH));
    }
}
