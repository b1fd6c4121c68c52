package io.github.claudefleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.plan.ImageTarget;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.ResolvedFixture;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Shop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of a gateway on an engine whose containers share no volumes. */
class GatewayFilesTest {

    private static final String STEM = "claude-fleet-shop-c0ffee00-";

    private final FakeEngine engine = new FakeEngine()
            .put(RunningContainer.inState(ContainerState.RUNNING))
            .lacking(EngineCapability.SHARED_VOLUMES);
    private final FakeGateway gateway = new FakeGateway(engine, "");
    private final GatewayContainer container = new GatewayContainer(engine, RunningContainer.ID);
    private final ResolvedFleet fleet = fleet();
    private boolean isOld;

    @BeforeEach
    void answer() {
        engine.program(request -> request.command().get(2).contains("== ") ? print(request) : of(request));
    }

    @Test
    void eachFencedAgentGetsItsKeyInAVolumeOfItsOwn() throws Exception {
        assertThat(container.open(fleet)).isTrue();

        assertThat(engine.changes())
                .containsExactly(
                        "write volume " + STEM + "gateway-1000-1000 trust.p12",
                        "upload to " + STEM + "gateway trust.p12",
                        "upload to " + STEM + "gateway policy.json",
                        "write volume " + STEM + "gateway-1000-1000 address bundle.pem ca.pem closed wgetrc",
                        "write volume " + STEM + "gateway-key-tester-1000-1000 key.pem",
                        "write volume " + STEM + "gateway-key-fixer-1000-1000 key.pem");
    }

    @Test
    void aStartThatWasCutShortIsCompleted() throws Exception {
        container.open(fleet);
        engine.forget();

        assertThat(container.open(fleet)).isFalse();

        assertThat(engine.changes())
                .hasSize(3)
                .noneMatch(change -> change.contains("trust.p12") || change.contains("policy.json"));
    }

    @Test
    void anImageOfAnOlderPluginIsNamed() {
        isOld = true;

        assertThatThrownBy(() -> container.open(fleet))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("is the image of egress.image of this version of the plugin?");
    }

    private ExecResult of(ExecRequest request) {
        return gateway.answer(request).orElseThrow();
    }

    /** Prints each file as the shell does. */
    private ExecResult print(ExecRequest request) {
        List<String> files = request.command().subList(5, request.command().size());
        return new ExecResult(
                isOld ? 1 : 0,
                files.stream().map(file -> "== " + file + "\ncontent\n").collect(Collectors.joining()),
                "");
    }

    private static ResolvedFleet fleet() {
        FleetSpec spec = Shop.fleet("tester", "fixer")
                .egress(EgressSpec.DEFAULT)
                .agent(Shop.agent("free").egress(EgressSpec.OPEN))
                .toSpec();
        return ResolvedFixture.of(
                spec,
                new ImageTarget("acme/agent:1", spec.image()),
                new ImageObservation("sha256:1", Map.of()),
                ObservedFleet.NOTHING,
                Set.of());
    }
}
