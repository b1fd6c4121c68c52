package io.github.claudefleet.gateway;

import io.github.claudefleet.it.OwnEngine;
import io.github.claudefleet.it.ThrowawayPodman;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The fence on Podman. */
@EnabledIfSystemProperty(named = "it.podman", matches = "true", disabledReason = "bin/test brings Podman")
class GatewayOnPodmanIT extends GatewayOnOtherEngines {

    @Override
    OwnEngine createEngine() throws Exception {
        return ThrowawayPodman.create(ThrowawayPodman.Networks.ITS_OWN);
    }
}
