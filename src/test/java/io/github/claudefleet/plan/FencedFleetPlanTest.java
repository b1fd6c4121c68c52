package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Plans of fleets whose agents reach others through a gateway alone. */
class FencedFleetPlanTest {

    private static final String STEM = "claude-fleet-shop-c0ffee00";

    private final Planner planner = new Planner();

    @Test
    void theGatewayIsMadeBesideTheAuthContainerAndBeforeTheAgents() {
        Plan plan = start(fenced("tester").toSpec(), ObservedFleet.NOTHING);

        assertThat(plan.asText()).isEqualTo("""
                create network claude-fleet-shop-c0ffee00 (there is none yet)
                create volume claude-fleet-shop-c0ffee00-kit-1000-1000 (there is none yet)
                create volume claude-fleet-shop-c0ffee00-gateway-1000-1000 (there is none yet)
                create container claude-fleet-shop-c0ffee00-auth (there is none yet)
                create container claude-fleet-shop-c0ffee00-gateway (there is none yet)
                create container claude-fleet-shop-c0ffee00-tester (there is none yet)""");
        assertThat(plan.stages()).extracting(stage -> stage.steps().size()).containsExactly(3, 2, 1);
    }

    @Test
    void itsVolumeIsInMemoryAndItsUsersOwn() {
        FleetSpec spec = fenced("tester").toSpec();

        assertThat(start(spec, ObservedFleet.NOTHING).steps())
                .extracting(Plan.Step::operation)
                .contains(new Operation.CreateVolume(VolumeRequest.inMemory(
                        STEM + "-gateway-1000-1000", spec.id().labels(), spec.user(), 32L << 20)));
    }

    @Test
    void oneGatewayServesAllAgentsAndAnOpenOneNeedsNone() {
        FleetSpec mixed = fenced("tester", "reviewer")
                .agent(Shop.agent("free").egress(EgressSpec.OPEN))
                .toSpec();

        assertThat(start(mixed, ObservedFleet.NOTHING).asText()).containsOnlyOnce("container " + STEM + "-gateway");
        assertThat(start(Shop.fleet("free").toSpec(), ObservedFleet.NOTHING).asText())
                .doesNotContain("gateway");
    }

    @Test
    void withNothingChangedThereIsNothingToDo() {
        FleetSpec spec = fenced("tester").toSpec();

        assertThat(start(spec, up(spec)).isEmpty()).isTrue();
    }

    @Test
    void anotherPolicyKeepsGatewayAndRequestsInFlight() {
        FleetSpec before = fenced("tester").toSpec();
        FleetSpec after = fenced("tester")
                .agent(Shop.agent("reviewer").egress(EgressSpec.of(EgressMode.AUDIT)))
                .toSpec();

        assertThat(start(after, up(before)).asText())
                .isEqualTo("create container claude-fleet-shop-c0ffee00-reviewer (there is none yet)");
    }

    @Test
    void otherHostsAreTheGatewaysMatterAlone() {
        FleetSpec before = fenced("tester").toSpec();
        FleetSpec after = Shop.fleet("tester")
                .egress(new EgressSpec(
                        EgressMode.ALLOW,
                        List.of(EgressRule.parse("a.example")),
                        List.of(),
                        List.of("claude-haiku-*"),
                        Optional.of(5)))
                .toSpec();

        assertThat(start(after, up(before)).isEmpty()).isTrue();
    }

    @Test
    void anotherModeMakesTheAgentAnewWithTheGatewayThatRuns() {
        FleetSpec before = fenced("tester").toSpec();
        FleetSpec after =
                Shop.fleet("tester").egress(EgressSpec.of(EgressMode.AUDIT)).toSpec();

        assertThat(start(after, up(before)).asText())
                .startsWith("replace container " + STEM + "-tester")
                .doesNotContain("gateway");
    }

    @Test
    void anotherImageOrProxyOfTheGatewayReplacesItAlone() {
        FleetSpec before = fenced("tester").toSpec();
        FleetSpec after = fenced("tester")
                .environment(Map.of("HTTPS_PROXY", "http://proxy.example.org:3128"))
                .toSpec();

        assertThat(start(after, up(before)).asText())
                .contains("replace container " + STEM + "-gateway")
                .doesNotContain(STEM + "-tester");
    }

    @Test
    void aFenceThatIsGivenUpGoesWithItsVolumeAfterTheAgents() {
        FleetSpec before = fenced("tester").toSpec();
        Plan plan = start(Shop.fleet("tester").toSpec(), up(before));

        assertThat(plan.asText().lines().toList())
                .satisfiesExactly(
                        agent -> assertThat(agent).startsWith("replace container " + STEM + "-tester"),
                        gateway -> assertThat(gateway).startsWith("remove container " + STEM + "-gateway"),
                        volume -> assertThat(volume).startsWith("remove volume " + STEM + "-gateway-1000-1000"));
        assertThat(plan.stages()).hasSize(3);
    }

    @Test
    void theLoginAloneMakesNoGatewayAndLeavesOneAlone() {
        FleetSpec login = fenced().toSpec();
        FleetSpec fleet = fenced("tester").toSpec();

        assertThat(planner.auth(resolved(login, ObservedFleet.NOTHING)).asText())
                .contains("-auth")
                .doesNotContain("gateway");
        assertThat(planner.auth(resolved(login, up(fleet))).isEmpty()).isTrue();
    }

    @Test
    void stopRemovesTheGatewayAndItsVolume() {
        assertThat(planner.stop(up(fenced("tester").toSpec())).asText())
                .contains("remove container " + STEM + "-gateway", "remove volume " + STEM + "-gateway-1000-1000");
    }

    @Test
    void aGatewaysLabelHasItsSecretAndNoAgentsHas() {
        FleetSpec spec = fenced("tester")
                .credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                .toSpec();
        ContainerRequest gateway = ObservedFixture.requestFactory(spec).gateway();
        ContainerRequest agent =
                ObservedFixture.requestFactory(spec).agent(spec.agents().get(0));

        assertThat(gateway.labels())
                .containsEntry(Labels.ROLE, "gateway")
                .containsEntry(Labels.GATEWAY_KEY, ResolvedFixture.KEY.value());
        assertThat(agent.toString())
                .contains(ResolvedFixture.KEY.socketDirectory(new AgentName("tester")))
                .doesNotContain(ResolvedFixture.KEY.value(), ResolvedFixture.KEY.privateName());
    }

    @Test
    void otherCertificatesAreAnotherImageOfTheGateway() {
        FleetSpec spec = fenced("tester").caBundle(new CaBundle("pem")).toSpec();

        assertThat(spec.gatewayImage())
                .isInstanceOfSatisfying(
                        ImageSpec.Gateway.class,
                        image -> assertThat(image.build().caBundle()).contains(new CaBundle("pem")));
        assertThat(ObservedFixture.requestFactory(spec).gateway().environment())
                .containsEntry("NODE_EXTRA_CA_CERTS", "/opt/claude-fleet-gateway/ca-bundle.pem");
    }

    private static FleetBuilder fenced(String... agents) {
        return Shop.fleet(agents).egress(EgressSpec.DEFAULT);
    }

    /** Fleet with every container running, the gateway and its volume included. */
    private static ObservedFleet up(FleetSpec spec) {
        ObservedFleet plain = ObservedFixture.from(spec);
        List<ContainerObservation> containers = new ArrayList<>(plain.containers());
        containers.add(
                ObservedFixture.running(ObservedFixture.requestFactory(spec).gateway()));
        List<String> volumes = new ArrayList<>(plain.volumes());
        volumes.add(STEM + "-gateway-1000-1000");
        return new ObservedFleet(containers, plain.networks(), volumes);
    }

    private Plan start(FleetSpec spec, ObservedFleet observed) {
        return planner.auth(resolved(spec, observed)).then(planner.agents(resolved(spec, observed)));
    }

    private static ResolvedFleet resolved(FleetSpec spec, ObservedFleet observed) {
        return ResolvedFixture.of(spec, ObservedFixture.target(spec), ObservedFixture.IMAGE, observed);
    }
}
