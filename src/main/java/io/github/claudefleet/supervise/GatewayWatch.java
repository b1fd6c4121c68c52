package io.github.claudefleet.supervise;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import java.util.Optional;

/**
 * Looks for the fleet's gateway when a task fails. Without it agents reach nobody, and report that in words of their
 * own, which do not name it.
 */
final class GatewayWatch {

    private final ContainerEngine engine;
    private final Optional<ContainerObservation> gateway;
    private final SupervisionListener listener;
    private boolean done;

    /**
     * @param needed true if agents reach others through a gateway
     * @param gateway the gateway's container; empty if there is none
     */
    GatewayWatch(
            ContainerEngine engine,
            boolean needed,
            Optional<ContainerObservation> gateway,
            SupervisionListener listener) {
        this.engine = engine;
        this.gateway = gateway;
        this.listener = listener;
        this.done = !needed;
    }

    /** Reports, once, that the gateway does not run. */
    void taskFailed() {
        if (!done && isGone()) {
            done = true;
            listener.gatewayGone();
        }
    }

    private boolean isGone() {
        try {
            return gateway.flatMap(container -> engine.containers().find(container.id()))
                    .filter(container -> container.state() == ContainerState.RUNNING
                            || container.state() == ContainerState.RESTARTING)
                    .isEmpty();
        } catch (EngineException e) {
            // Whoever else asks the engine reports this.
            return false;
        }
    }
}
