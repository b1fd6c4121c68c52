package io.github.claudefleet.gateway;

import io.github.claudefleet.it.OwnEngine;
import io.github.claudefleet.it.ThrowawayEngine;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The fence on Docker 26. */
@EnabledIfSystemProperty(named = "it.engine26", matches = ".+", disabledReason = "bin/test brings Docker Engine 26")
class GatewayOnDocker26IT extends GatewayOnOtherEngines {

    @Override
    OwnEngine createEngine() throws Exception {
        return ThrowawayEngine.docker26();
    }
}
