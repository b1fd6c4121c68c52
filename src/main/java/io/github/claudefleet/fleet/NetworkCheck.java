package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.NetworkSpec;

/** Refuses a network that the engine does not have, before anything is created. */
final class NetworkCheck {

    private NetworkCheck() {}

    static void check(ContainerEngine engine, NetworkSpec network) {
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
