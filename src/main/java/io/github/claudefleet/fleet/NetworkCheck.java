package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.NetworkSpec;

/**
 * Refuses a network that the engine does not have, before anything is created. The plan's check refuses it on an engine
 * without networks.
 */
final class NetworkCheck {

    private NetworkCheck() {}

    static void check(ContainerEngine engine, NetworkSpec network) {
        if (!engine.info().has(EngineCapability.NETWORKS)) {
            return;
        }
        network.existing()
                .filter(name -> engine.networks().find(name).isEmpty())
                .ifPresent(name -> {
                    throw new InvalidSpecException(
                            "network",
                            "\"" + name + "\" is not on the engine",
                            "Make it with docker network create, or leave the parameter out for a network of the fleet's own.");
                });
    }
}
