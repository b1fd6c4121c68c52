package io.github.claudefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.Exposure;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Shop;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests for the containers of a fleet with workload identity federation. */
class FederationRequestsTest {

    private static final IdentitySource FILE =
            new IdentitySource.TokenFile(Path.of("/var/run/secrets/claude/token"), Secret.of("eyJ.hush.hush"));

    @Test
    void onlyTheAuthContainerHasTheIdentity() {
        FleetBuilder fleet = fleet(FILE).agent(Shop.agent("free").egress(EgressSpec.OPEN));

        assertThat(auth(fleet).mounts())
                .contains(
                        volume("identity", "/claude-fleet/identity", false),
                        volume("secrets", "/claude-fleet/secrets", false),
                        new Mount.Directory(Path.of("/var/run/secrets/claude"), "/claude-fleet/identity-source", true));
        for (ContainerRequest other : List.of(agent(fleet, 0), agent(fleet, 1), gateway(fleet))) {
            assertThat(other.mounts()).noneMatch(mount -> mount.target().contains("identity"));
        }
    }

    @Test
    void behindTheGatewayAnAgentHasThePlaceholderAlone() {
        FleetBuilder fleet = fleet(FILE);

        assertThat(agent(fleet, 0).mounts()).noneMatch(mount -> mount.target().contains("secrets"));
        assertThat(agent(fleet, 0).environment())
                .containsEntry("CLAUDE_FLEET_LOGIN", "federation")
                .containsEntry("ANTHROPIC_CONFIG_DIR", "/claude-fleet/kit/federation")
                .containsEntry("ANTHROPIC_PROFILE", "placeholder")
                .containsEntry("CLAUDE_FLEET_SECRETS", "/claude-fleet/kit/placeholder");
        assertThat(gateway(fleet).mounts()).contains(volume("secrets", "/claude-fleet/secrets", true));
        assertThat(auth(fleet).environment()).containsEntry("ANTHROPIC_PROFILE", "access");
    }

    @Test
    void withoutAGatewayOrWithExposureAgentItReadsTheAccessToken() {
        FleetBuilder open = fleet(FILE).egress(EgressSpec.OPEN);
        FleetBuilder exposed = Shop.fleet("tester")
                .egress(EgressSpec.DEFAULT)
                .login(LoginSpec.in(Shop.LOGIN_DIRECTORY)
                        .withFederation(Shop.federation())
                        .withExposure(Exposure.AGENT));

        for (FleetBuilder fleet : List.of(open, exposed)) {
            assertThat(agent(fleet, 0).mounts()).contains(volume("secrets", "/claude-fleet/secrets", true));
            assertThat(agent(fleet, 0).environment())
                    .containsEntry("ANTHROPIC_PROFILE", "access")
                    .doesNotContainKey("CLAUDE_FLEET_SECRETS");
        }
    }

    @Test
    void identityAndAccessTokenAreInMemory() {
        assertThat(Volumes.of(ResolvedFixture.of(
                        fleet(FILE).toSpec(),
                        ObservedFixture.target(fleet(FILE).toSpec()),
                        ObservedFixture.IMAGE,
                        ObservedFleet.NOTHING)))
                .filteredOn(volume -> volume.memory().isPresent())
                .extracting(VolumeRequest::name)
                .contains(
                        "claude-fleet-shop-c0ffee00-identity-1000-1000",
                        "claude-fleet-shop-c0ffee00-secrets-1000-1000");
    }

    /** A new token is uploaded. It must not replace a container at work. */
    @Test
    void anotherIdentityTokenIsTheSameContainer() {
        IdentitySource other =
                new IdentitySource.TokenFile(Path.of("/var/run/secrets/claude/token"), Secret.of("eyJ.other.other"));

        assertThat(auth(fleet(FILE))).isEqualTo(auth(fleet(other)));
        assertThat(auth(fleet(FILE)).toString()).doesNotContain("hush");
    }

    private static FleetBuilder fleet(IdentitySource identity) {
        return Shop.fleet("tester").egress(EgressSpec.DEFAULT).login(Shop.login(Shop.federation(identity)));
    }

    private static ContainerRequest agent(FleetBuilder fleet, int index) {
        FleetSpec spec = fleet.toSpec();
        return ObservedFixture.requestFactory(spec).agent(spec.agents().get(index));
    }

    private static ContainerRequest gateway(FleetBuilder fleet) {
        return ObservedFixture.requestFactory(fleet.toSpec()).gateway();
    }

    private static ContainerRequest auth(FleetBuilder fleet) {
        return ObservedFixture.requestFactory(fleet.toSpec()).auth();
    }

    private static Mount volume(String what, String target, boolean readOnly) {
        return new Mount.Volume("claude-fleet-shop-c0ffee00-" + what + "-1000-1000", target, readOnly);
    }
}
