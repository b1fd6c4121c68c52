package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.DailyLimit;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fleets and requests of rehearsals. */
class RehearsalPlanTest {

    private static final Path SCRIPTS = Path.of("/home/ann/shop/src/fleet");
    private static final String ADDRESS = "rehearsal-";
    private static final String RELAY = "http://127.0.0.1:8377";
    private static final String SOCKET = "/claude-fleet/gateway/stand-in/http.sock";

    @Test
    void aRehearsalIsAFleetOfItsOwnWithoutALogin() {
        FleetSpec spec = rehearsal().toSpec();

        assertThat(spec.name()).hasToString("shop-rehearsal");
        assertThat(spec.login().mode()).isEqualTo(LoginMode.TOKEN);
        assertThat(spec.login().directoryHash()).isEmpty();
        assertThat(Rehearsal.isOf(spec.name())).isTrue();
        assertThat(spec.rehearsal()).contains(new Rehearsal(SCRIPTS));
    }

    @Test
    void aFleetWithAKeyIsRehearsedWithAKey() {
        LoginSpec.Credential own = new LoginSpec.Credential(Secret.of("sk-ant-api03-own"), "server \"x\"");
        LoginSpec login =
                rehearsal().credential(LoginMode.API_KEY, own).toSpec().login();

        assertThat(login.mode()).isEqualTo(LoginMode.API_KEY);
        assertThat(login.credential().orElseThrow().secret().reveal()).isEqualTo("sk-ant-api03-standin.rehearsal");
    }

    @Test
    void aLongNameStaysAName() {
        FleetName name = new FleetName("a234567890b234567890c234567890d234567890");
        FleetName other = new FleetName("a234567890b234567890c234567890d23456789x");

        assertThat(Rehearsal.nameOf(name).value()).hasSize(40).endsWith("-rehearsal");
        assertThat(Rehearsal.nameOf(name)).isNotEqualTo(Rehearsal.nameOf(other));
    }

    @Test
    void noOtherFleetHasSuchAName() {
        FleetSpec real = Shop.fleet("tester").toSpec();

        assertThatThrownBy(() -> real.withId(real.id().named(new FleetName("shop-rehearsal"))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("ends as the name of a rehearsal does");
    }

    @Test
    void nothingIsMergedPushedOrCharged() {
        IntegrationSpec push = new IntegrationSpec(MergePolicy.PUSH, true, "origin", Optional.empty());
        WorkspaceOrigin origin = new WorkspaceOrigin(
                Path.of("/home/ann/shop"), WorkspaceStrategy.COPY, Optional.empty(), true, push, Path.of("/work"));
        FleetSpec spec = rehearsal()
                .agent(Shop.agent("pusher").workspace(origin))
                .daily(new DailyLimit(Usd.parse("maxCost", "1"), Path.of("/costs")))
                .toSpec();

        assertThat(spec.agents().get(1).workspace().origin().home().merge()).isEqualTo(MergePolicy.BRANCH);
        assertThat(spec.work().daily()).isEmpty();
    }

    @Test
    void allContainersCallTheStandInAndNoOtherService() {
        FleetSpec spec = rehearsal()
                .agent(Shop.agent("free").egress(EgressSpec.OPEN))
                .environment(Map.of(
                        "CLAUDE_CODE_USE_BEDROCK", "1",
                        "ANTHROPIC_BEDROCK_BASE_URL", "http://bedrock",
                        "ANTHROPIC_BASE_URL", "http://llm",
                        "ANTHROPIC_MODEL", "opus",
                        "NO_PROXY", "corp"))
                .toSpec();
        ContainerRequestFactory requests = ObservedFixture.requestFactory(spec);
        ContainerRequest auth = requests.auth();
        ContainerRequest gateway = requests.gateway();

        assertThat(auth.environment())
                .containsEntry("ANTHROPIC_BASE_URL", RELAY)
                .containsEntry("CLAUDE_FLEET_STAND_IN", SOCKET)
                .containsEntry("NO_PROXY", "corp,127.0.0.1")
                .containsEntry("ANTHROPIC_MODEL", "opus")
                .doesNotContainKeys("CLAUDE_CODE_USE_BEDROCK", "ANTHROPIC_BEDROCK_BASE_URL");
        assertThat(gateway.environment().get("NO_PROXY")).startsWith("corp," + ADDRESS);
        ContainerRequest fenced = requests.agent(spec.agents().get(0));
        String host = gateway.environment().get("NO_PROXY").split(",")[1];
        assertThat(host).hasSizeLessThan(64);
        assertThat(fenced.environment())
                .containsEntry("ANTHROPIC_BASE_URL", "http://" + host + ":8377")
                .containsEntry("CLAUDE_FLEET_REHEARSAL", "tester")
                .doesNotContainKeys("CLAUDE_CODE_USE_BEDROCK", "CLAUDE_FLEET_STAND_IN");
        ContainerRequest free = requests.agent(spec.agents().get(1));
        assertThat(free.environment())
                .containsEntry("ANTHROPIC_BASE_URL", RELAY)
                .containsEntry("CLAUDE_FLEET_STAND_IN", SOCKET)
                .containsEntry("CLAUDE_FLEET_REHEARSAL", "free")
                .doesNotContainKey("CLAUDE_CODE_USE_BEDROCK");
        assertThat(List.of(auth, fenced, free)).allSatisfy(container -> {
            assertThat(container.labels()).containsEntry(Labels.REHEARSAL, "true");
            assertThat(container.mounts())
                    .filteredOn(mount -> mount.target().equals(ContainerPaths.GATEWAY))
                    .singleElement()
                    .matches(mount -> mount instanceof Mount.Volume volume && volume.readOnly());
        });
    }

    @Test
    void thereIsAGatewayEvenIfNoAgentNeedsOne() {
        FleetSpec spec = rehearsal().egress(EgressSpec.OPEN).toSpec();

        assertThat(spec.isFenced()).isFalse();
        assertThat(spec.hasGateway()).isTrue();
    }

    @Test
    void aRealFleetKnowsNothingOfIt() {
        FleetSpec real = Shop.fleet("tester").toSpec();
        ContainerRequestFactory requests = ObservedFixture.requestFactory(real);

        assertThat(requests.agent(real.agents().get(0)).environment())
                .doesNotContainKeys("CLAUDE_FLEET_REHEARSAL", "CLAUDE_FLEET_STAND_IN", "ANTHROPIC_BASE_URL");
        assertThat(requests.auth().mounts()).noneMatch(mount -> mount.target().equals(ContainerPaths.GATEWAY));
    }

    @Test
    void theNetworkOfTheMachineIsRefused() {
        assertThatThrownBy(() ->
                        rehearsal().egress(EgressSpec.OPEN).network("host").toSpec())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(
                        "network is host, on which the stand-in of a rehearsal would listen for everybody");
    }

    private static FleetBuilder rehearsal() {
        return Shop.fleet("tester").egress(EgressSpec.DEFAULT).rehearsal(SCRIPTS);
    }
}
