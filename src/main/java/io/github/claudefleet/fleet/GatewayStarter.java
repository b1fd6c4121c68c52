package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.gateway.GatewayContainer;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.plan.ResourceNames;

/** Opens a fleet's gateway before its agents start. */
record GatewayStarter(ContainerEngine engine) {

    /**
     * Gives the gateway its policy, if the fleet has one. Its container was planned with the auth container.
     *
     * @throws io.github.claudefleet.gateway.GatewayException if it is not at work
     */
    void open(ResolvedFleet fleet, Converger converger) throws InterruptedException {
        if (fleet.spec().hasGateway()) {
            new GatewayContainer(engine, id(fleet, converger)).open(fleet);
        }
    }

    /** Returns the id of the fleet's gateway, which was created or observed. */
    static String id(ResolvedFleet fleet, Converger converger) {
        return converger
                .created(new ResourceNames(fleet.spec().id()).gateway())
                .or(() -> fleet.observed().gateway().map(ContainerObservation::id))
                .orElseThrow(() -> new IllegalStateException("the gateway was not created"));
    }
}
