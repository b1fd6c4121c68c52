package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.gateway.GatewayLog;
import io.github.claudefleet.spec.EgressUse;
import java.util.List;

/** Reads from a fleet's gateway which hosts its agents asked for, and reports them. */
record HostsAsked(ContainerEngine engine, FleetListener listener) {

    /** Returns the hosts; empty if the engine can't tell them, without which results are still complete. */
    List<EgressUse> of(ContainerObservation gateway) throws InterruptedException {
        try {
            List<EgressUse> uses = GatewayLog.read(engine, gateway.id());
            listener.hostsAsked(uses);
            return uses;
        } catch (EngineException e) {
            listener.hostsUnknown(e.getMessage());
            return List.of();
        }
    }
}
