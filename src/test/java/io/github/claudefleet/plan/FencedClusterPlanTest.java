package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkObservation;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FenceUse;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Shop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plans of fleets with a gateway on an engine without networks and without volumes that containers share. */
class FencedClusterPlanTest {

    private static final String STEM = "claude-fleet-shop-c0ffee00";

    private final Planner planner = new Planner();

    @Test
    void theFenceIsThereBeforeAllContainersAndEachAgentHasAKey() {
        FleetSpec spec = fenced("tester")
                .agent(Shop.agent("free").egress(EgressSpec.OPEN))
                .toSpec();
        ResolvedFleet fleet = resolved(spec, ObservedFleet.NOTHING);

        Plan plan = planner.auth(fleet).then(planner.agents(fleet));

        assertThat(plan.asText()).isEqualTo("""
                create network claude-fleet-shop-c0ffee00-fence (there is none yet)
                create volume claude-fleet-shop-c0ffee00-kit-1000-1000 (there is none yet)
                create volume claude-fleet-shop-c0ffee00-gateway-1000-1000 (there is none yet)
                create volume claude-fleet-shop-c0ffee00-gateway-key-tester-1000-1000 (there is none yet)
                create container claude-fleet-shop-c0ffee00-auth (there is none yet)
                create container claude-fleet-shop-c0ffee00-gateway (there is none yet)
                create container claude-fleet-shop-c0ffee00-tester (there is none yet)
                create container claude-fleet-shop-c0ffee00-free (there is none yet)""");
        assertThat(plan.stages()).extracting(stage -> stage.steps().size()).containsExactly(4, 2, 2);
    }

    @Test
    void theFenceLeadsToTheGatewayAlone() {
        FleetSpec spec = fenced("tester").toSpec();

        NetworkRequest.Fence fence =
                resolved(spec, ObservedFleet.NOTHING).networks().get(0).fence().orElseThrow();

        assertThat(fence.port()).isEqualTo(3129);
        assertThat(fence.labels()).containsAllEntriesOf(spec.id().labels()).containsEntry(Labels.ROLE, "gateway");
    }

    @Test
    void anAgentHasItsOwnKeyAndTheRelayAndNoSocket() {
        FleetSpec spec = fenced("tester", "fixer").toSpec();

        ContainerRequest agent = agent(spec, 0);

        assertThat(agent.network().name()).isEqualTo(STEM + "-fence");
        assertThat(agent.mounts())
                .contains(
                        new Mount.Volume(STEM + "-gateway-1000-1000", "/claude-fleet/gateway", true),
                        new Mount.Volume(STEM + "-gateway-key-tester-1000-1000", "/claude-fleet/gateway-key", true),
                        new Mount.FromImage(
                                ResolvedFixture.GATEWAY_IMAGE,
                                "/opt/claude-fleet-gateway/relay",
                                "/claude-fleet/relay"));
        assertThat(agent.mounts().toString()).doesNotContain("gateway-key-fixer");
        assertThat(agent.environment())
                .containsEntry("CLAUDE_FLEET_GATEWAY_KEY", "/claude-fleet/gateway-key/key.pem")
                .containsEntry("CLAUDE_FLEET_RELAY", "/claude-fleet/relay")
                .containsEntry("HTTPS_PROXY", "http://127.0.0.1:3128")
                .doesNotContainKeys("CLAUDE_FLEET_GATEWAY_SOCKET", "CLAUDE_FLEET_FENCE");
        assertThat(requests(spec).gateway().environment()).containsEntry("CLAUDE_FLEET_GATEWAY_PORT", "3129");
    }

    @Test
    void anAgentIsToldThatItsFenceIsOptional() {
        FleetSpec spec = Shop.fleet("tester")
                .egress(EgressSpec.DEFAULT.withFence(FenceUse.OPTIONAL))
                .toSpec();

        assertThat(agent(spec, 0).environment()).containsEntry("CLAUDE_FLEET_FENCE", "optional");
    }

    @Test
    void aFenceThatIsGivenUpIsRemovedAfterTheAgents() {
        FleetSpec open = Shop.fleet("tester").toSpec();
        ObservedFleet observed = new ObservedFleet(
                List.of(),
                List.of(new NetworkObservation("n", STEM + "-fence", Map.of())),
                List.of(STEM + "-gateway-key-tester-1000-1000"));

        assertThat(planner.agents(resolved(open, observed)).asText())
                .contains(
                        "remove network " + STEM + "-fence", "remove volume " + STEM + "-gateway-key-tester-1000-1000");
    }

    @Test
    void stopRemovesTheFenceAfterTheContainers() {
        ObservedFleet observed = new ObservedFleet(
                List.of(), List.of(new NetworkObservation("n", STEM + "-fence", Map.of())), List.of());

        assertThat(planner.stop(observed).asText()).contains("remove network " + STEM + "-fence");
    }

    private static FleetBuilder fenced(String... agents) {
        return Shop.fleet(agents).egress(EgressSpec.DEFAULT);
    }

    private static ContainerRequest agent(FleetSpec spec, int index) {
        return requests(spec).agent(spec.agents().get(index));
    }

    private static ContainerRequestFactory requests(FleetSpec spec) {
        return new ContainerRequestFactory(resolved(spec, ObservedFleet.NOTHING));
    }

    private static ResolvedFleet resolved(FleetSpec spec, ObservedFleet observed) {
        return ResolvedFixture.of(
                spec,
                ObservedFixture.target(spec),
                ObservedFixture.IMAGE,
                observed,
                Set.of(EngineCapability.RESTART_POLICIES));
    }
}
