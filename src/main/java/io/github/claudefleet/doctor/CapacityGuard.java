package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.host.Machine;
import io.github.claudefleet.plan.ResourceDemand;
import java.util.List;

/** Tells whether the engine's machine has room for what is about to be made. */
public final class CapacityGuard {

    private final ContainerEngine engine;
    private final Machine machine;

    /** @param machine the one that this runs on; the engine may be on another */
    public CapacityGuard(ContainerEngine engine, Machine machine) {
        this.engine = engine;
        this.machine = machine;
    }

    /** What is needed of each kind against what there is, as far as that can be seen from here. */
    public List<CapacityCheck> of(ResourceDemand demand) {
        return new CapacityCalculator(demand, AvailableResources.of(engine, machine, demand)).capacityChecks();
    }
}
