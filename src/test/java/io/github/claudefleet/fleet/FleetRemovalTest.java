package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.converge.ConvergeListener;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.transfer.WorkspaceTransfers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetRemovalTest {

    @Test
    void placesOfWorkspacesAreAskedForOnce() throws InterruptedException {
        FakeEngine engine = new FakeEngine().lacking(EngineCapability.SHARED_VOLUMES);
        WorkspaceListener listener = new WorkspaceListener() {};
        Converger converger = new Converger(
                engine,
                Shop.fleet().toSpec().timeouts(),
                new ConvergeListener() {},
                InstantSource.fixed(Instant.EPOCH));

        new FleetRemoval(engine, new Planner(), new WorkspaceTransfers(engine), listener)
                .remove(
                        new ObservedFleet(List.of(), List.of(), List.of("claude-fleet-shop-workspace-fixer")),
                        converger);

        assertThat(engine.volumeLists()).isEqualTo(1);
    }
}
