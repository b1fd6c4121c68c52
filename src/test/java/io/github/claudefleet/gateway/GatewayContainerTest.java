package io.github.claudefleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.plan.ResolvedFixture;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.Shop;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayContainerTest {

    private static final String PRIVATE = ResolvedFixture.KEY.privateDirectory();

    private final FakeEngine engine = new FakeEngine().put(RunningContainer.inState(ContainerState.RUNNING));
    private final FakeGateway gateway = new FakeGateway(engine, "");
    private final GatewayContainer container = new GatewayContainer(engine, RunningContainer.ID);
    private final ResolvedFleet fleet = fleet(EgressMode.ALLOW);

    @BeforeEach
    void answer() throws Exception {
        engine.program(request -> gateway.answer(request).orElseThrow());
    }

    @Test
    void theTrustStoreIsThereBeforeThePolicyAndThePolicyIsItsUsersAlone() throws Exception {
        assertThat(container.open(fleet)).isTrue();

        assertThat(engine.changes())
                .containsExactly(
                        "upload to claude-fleet-shop-c0ffee00-gateway trust.p12",
                        "upload to claude-fleet-shop-c0ffee00-gateway policy.json");
        UploadFile policy = engine.uploadedTo(RunningContainer.ID, PRIVATE).get(0);
        assertThat(policy.content()).isEqualTo(GatewayPolicy.of(fleet));
        assertThat(policy.mode()).isEqualTo(0400);
        assertThat(policy.owner()).isEqualTo(fleet.spec().user());
        assertThat(engine.uploadedTo(RunningContainer.ID, "/claude-fleet/gateway"))
                .singleElement()
                .satisfies(store -> assertThat(store.mode()).isEqualTo(0444));
    }

    @Test
    void aPolicyThatIsInForceIsNotSentAgain() throws Exception {
        container.open(fleet);
        engine.forget();

        assertThat(container.open(fleet)).isFalse();

        assertThat(engine.changes()).isEmpty();
        assertThat(engine.execs()).hasSize(1);
    }

    @Test
    void anotherPolicyIsSent() throws Exception {
        container.open(fleet);
        engine.forget();

        assertThat(container.open(fleet(EgressMode.AUDIT))).isTrue();

        assertThat(engine.changes()).hasSize(2);
    }

    @Test
    void aGatewayThatDoesNotComeUpIsToldWithItsLastLines() throws Exception {
        gateway.staysDown();
        engine.prints(RunningContainer.ID, "{\"gateway\":\"failed\",\"error\":\"ENOSPC\"}");

        assertThatThrownBy(() -> container.open(fleet))
                .isInstanceOf(GatewayException.class)
                .hasMessage("The fleet's gateway is not at work: it has made no CA within 30 s; its last lines:\n"
                        + "  {\"gateway\":\"failed\",\"error\":\"ENOSPC\"}\n"
                        + "No agent is started without it. See \"The gateway\" in docs/troubleshooting.md.");
        assertThat(engine.changes()).isEmpty();
    }

    @Test
    void aPolicyThatIsNotTakenIsTold() throws Exception {
        gateway.refusesPolicies();

        assertThatThrownBy(() -> container.open(fleet))
                .isInstanceOf(GatewayException.class)
                .hasMessageStartingWith("The fleet's gateway is not at work: it has not taken its policy within 30 s;"
                        + " it printed nothing.");
    }

    @Test
    void nothingOfTheKeyIsInACommandLineButTheDirectorysName() throws Exception {
        container.open(fleet);

        assertThat(engine.execs())
                .allSatisfy(request -> assertThat(String.join(" ", List.copyOf(request.command())))
                        .contains(PRIVATE)
                        .doesNotContain(ResolvedFixture.KEY.value()));
    }

    private static ResolvedFleet fleet(EgressMode mode) {
        return GatewayPolicyTest.resolved(Shop.fleet("tester").egress(EgressSpec.of(mode)));
    }
}
