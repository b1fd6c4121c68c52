package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.plan.ResourceDemand.Newcomer;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.ResourceLimits.Least;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceDemandTest {

    private static final Least LITTLE = new Least(new MemorySize(512L << 20), 64);
    private static final ResourceLimits LARGE = new ResourceLimits(new MemorySize(4L << 30), Optional.empty(), 900);

    private static final ImageSpec BUNDLED = new ImageSpec.Bundled(
            "node:22", "2.1.330", PullPolicy.MISSING, new ImageSpec.BuildOptions(Optional.empty(), Optional.empty()));

    private final Planner planner = new Planner();

    @Test
    void aFirstStartNeedsWhatEachContainerDoes() {
        FleetSpec spec = fleet(Shop.agent("tester"), Shop.agent("builder").limits(LARGE));

        ResourceDemand demand = demand(spec, ObservedFleet.NOTHING);

        assertThat(demand.newcomers())
                .containsExactly(
                        new Newcomer(Role.AUTH, LITTLE),
                        new Newcomer(Role.AGENT, LITTLE),
                        new Newcomer(Role.AGENT, new Least(new MemorySize(4L << 30), 900)));
        assertThat(demand.joining())
                .containsExactly(
                        "claude-fleet-shop-c0ffee00", "claude-fleet-shop-c0ffee00", "claude-fleet-shop-c0ffee00");
        assertThat(demand.workspaces()).isEmpty();
    }

    @Test
    void aSecondStartNeedsNothing() {
        FleetSpec spec = fleet(Shop.agent("tester"));

        assertThat(demand(spec, ObservedFixture.from(spec)).isNothing()).isTrue();
    }

    @Test
    void whoTakesTheirOwnPlaceNeedsNothingMore() {
        FleetSpec before = fleet(Shop.agent("tester").limits(LARGE));
        FleetSpec after = fleet(Shop.agent("tester").limits(LARGE).prompt("Test"));

        ResourceDemand demand = demand(after, ObservedFixture.from(before));

        assertThat(demand.isNothing()).isTrue();
    }

    @Test
    void whoComesBackWithOtherLimitsIsCountedAndKeepsItsPort() {
        FleetSpec before = fleet(Shop.agent("tester"));
        FleetSpec after = fleet(Shop.agent("tester").limits(LARGE));

        ResourceDemand demand = demand(after, ObservedFixture.from(before));

        assertThat(demand.newcomers()).extracting(Newcomer::role).containsExactly(Role.AGENT);
        assertThat(demand.joining()).isEmpty();
    }

    @Test
    void whatHasEndedAndIsMadeAnewIsCounted() {
        FleetSpec spec = fleet(Shop.agent("tester"));
        ObservedFleet observed = ObservedFixture.with(
                ObservedFixture.from(spec), "claude-fleet-shop-c0ffee00-tester", ContainerState.EXITED, 1);

        ResourceDemand demand = demand(spec, observed);

        assertThat(demand.newcomers()).containsExactly(new Newcomer(Role.AGENT, LITTLE));
        assertThat(demand.joining()).hasSize(1);
    }

    @Test
    void workspacesOfTheirOwnAreCountedWhereTheyAreMade() {
        FleetSpec spec = fleet(Shop.agent("a"), Shop.agent("b"));
        FleetSpec own = spec.withAgents(spec.agents().stream()
                .map(agent -> agent.withWorkspace(
                        Workspace.of(agent.workspace().origin().by(WorkspaceStrategy.WORKTREE))))
                .toList());

        assertThat(demand(own, ObservedFleet.NOTHING).workspaces())
                .containsExactly(Path.of("/home/ann/workspaces"), Path.of("/home/ann/workspaces"));
    }

    @Test
    void aBundledImageThatIsNotThereIsBuilt() {
        FleetSpec spec = Shop.fleet("tester").toSpec();
        ImageTarget named = ObservedFixture.target(spec);
        ImageTarget bundled = new ImageTarget("claude-fleet/agent:1", BUNDLED);

        assertThat(ResourceDemand.of(planner.image(bundled, Optional.empty()), spec, ObservedFleet.NOTHING)
                        .buildsImage())
                .isTrue();
        assertThat(ResourceDemand.of(
                                planner.image(bundled, Optional.of(ObservedFixture.IMAGE)), spec, ObservedFleet.NOTHING)
                        .isNothing())
                .isTrue();
        assertThat(ResourceDemand.of(planner.image(named, Optional.empty()), spec, ObservedFleet.NOTHING)
                        .buildsImage())
                .isFalse();
    }

    private ResourceDemand demand(FleetSpec spec, ObservedFleet observed) {
        ImageTarget target = ObservedFixture.target(spec);
        Plan plan = planner.auth(ResolvedFixture.of(spec, target, ObservedFixture.IMAGE, observed))
                .then(planner.agents(ResolvedFixture.of(spec, target, ObservedFixture.IMAGE, observed)));
        return ResourceDemand.of(plan, spec, observed);
    }

    private static FleetSpec fleet(AgentBuilder... agents) {
        FleetBuilder fleet = Shop.fleet();
        List.of(agents).forEach(fleet::agent);
        return fleet.toSpec();
    }
}
