package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.Machine;
import io.github.claudefleet.plan.ResourceDemand;
import java.util.List;

/** Checks the capacity of the engine's machine before resources are created. */
public final class CapacityGuard {

    private final ContainerEngine engine;
    private final Machine machine;

    /** @param machine machine that this runs on; the engine may be on another */
    public CapacityGuard(ContainerEngine engine, Machine machine) {
        this.engine = engine;
        this.machine = machine;
    }

    /** Compares the demand with the available resources, as far as these can be seen from here. */
    public List<CapacityCheck> of(ResourceDemand demand) {
        return new CapacityCalculator(demand, AvailableResources.of(engine, machine, demand)).capacityChecks();
    }
}
