package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.doctor.Finding;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineRight;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.ImageSpec.BuildOptions;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goals on engines that lack a capability. */
@Timeout(60)
class EngineCapabilitiesTest {

    private static final Map<EngineCapability, String> REFUSALS = Map.of(
            EngineCapability.HOST_DIRECTORIES,
            "auth.mode login needs access to this machine's directories, which the engine at fake:/// does not have",
            EngineCapability.BUILDS,
            "image.name is left out, so that the fleet needs image builds, which the engine at fake:/// does not have",
            EngineCapability.RESTART_POLICIES,
            "engine at fake:/// has no restart policies, by which the auth container is started again when it ends");

    private static final EngineCapability[] LIKE_A_CLUSTER = {
        EngineCapability.HOST_DIRECTORIES,
        EngineCapability.BUILDS,
        EngineCapability.IMAGES,
        EngineCapability.NETWORKS,
        EngineCapability.SHARED_VOLUMES,
        EngineCapability.SEPARATE_ERRORS,
        EngineCapability.SECOND_STARTS,
        EngineCapability.LASTING_CONTAINERS
    };

    /** Goal that creates something. */
    @FunctionalInterface
    private interface Goal {
        void run(Fleet fleet, FleetSpec spec) throws InterruptedException;
    }

    @TempDir
    private Path folder;

    private FleetFixture fixture;

    @BeforeEach
    void open() {
        fixture = new FleetFixture(folder);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_DIRECTORIES", "BUILDS", "RESTART_POLICIES"})
    void aStartIsRefusedBeforeAnythingIsCreated(EngineCapability lacked) {
        assertRefused(lacked, Fleet::start);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_DIRECTORIES", "BUILDS", "RESTART_POLICIES"})
    void aLoginIsRefusedBeforeAnythingIsCreated(EngineCapability lacked) {
        assertRefused(lacked, Fleet::auth);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_DIRECTORIES", "BUILDS", "RESTART_POLICIES"})
    void aRunIsRefusedBeforeAnythingIsCreated(EngineCapability lacked) {
        assertRefused(lacked, (fleet, spec) -> fleet.run(spec, folder.resolve("results"), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_DIRECTORIES", "BUILDS", "RESTART_POLICIES"})
    void aLogoutIsRefusedBeforeAnythingIsCreated(EngineCapability lacked) {
        assertRefused(lacked, Fleet::logout);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_DIRECTORIES", "BUILDS", "RESTART_POLICIES"})
    void aDryRunIsRefusedAsTheGoalIs(EngineCapability lacked) {
        assertRefused(lacked, Fleet::planStart);
        assertRefused(lacked, Fleet::planAuth);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_DIRECTORIES", "BUILDS", "RESTART_POLICIES"})
    void theDoctorNamesWhatTheEngineLacks(EngineCapability lacked) {
        fixture.engine.lacking(lacked);

        assertThat(capabilities(fleet())).extracting(Finding::detail).first().isEqualTo(REFUSALS.get(lacked));
        assertThat(capabilities(fleet())).allSatisfy(finding -> {
            assertThat(finding.outcome()).isEqualTo(Finding.Outcome.FAIL);
            assertThat(finding.remedy()).matches("[a-z].* a Docker or Podman engine, with -Dclaude-fleet.engine");
        });
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void theDoctorDoesNotMentionCapabilitiesOfAnEngineThatHasThem() {
        assertThat(capabilities(fleet())).isEmpty();
    }

    @Test
    void theDoctorNamesMissingRightsAndAsksForNothingThatNeedsThem() {
        fixture.engine.rights(
                new EngineRight("list pods in namespace team", true),
                new EngineRight("create pods/exec in namespace team", false),
                new EngineRight("get pods/exec in namespace team", false));
        fixture.engine.goesAway(EngineException.Kind.FAILED);

        List<Finding> findings = fixture.fleet().doctor(fixture.withToken().toSpec(), Map.of());

        assertThat(findings)
                .filteredOn(finding -> finding.check().equals("rights"))
                .singleElement()
                .extracting(Finding::text)
                .isEqualTo(
                        "FAIL  rights: you may not create pods/exec in namespace team, get pods/exec in namespace team"
                                + " -> have the Role of docs/kubernetes.md granted to you");
    }

    @Test
    void theDoctorCountsTheRightsOfAUserWhoHasAll() {
        fixture.engine.rights(new EngineRight("list pods in namespace team", true));

        assertThat(fixture.fleet().doctor(fixture.withToken().toSpec(), Map.of()))
                .contains(new Finding("rights", Finding.Outcome.PASS, "all 1 that a fleet needs", ""));
        fixture.engine.rights(new EngineRight[0]);
        assertThat(fixture.fleet().doctor(fixture.withToken().toSpec(), Map.of()))
                .extracting(Finding::check)
                .doesNotContain("rights");
    }

    @Test
    void theDirectoryOfALoginThatCanNotBeMountedIsNotCreated() {
        fixture.engine.lacking(EngineCapability.HOST_DIRECTORIES);
        FleetSpec spec = fixture.withoutLogin("tester").toSpec();

        catchThrowableOfType(InvalidSpecException.class, () -> fixture.fleet().auth(spec));

        assertThat(Files.exists(spec.login().directory())).isFalse();
    }

    @Test
    void aNetworkOfAnEngineWithoutNetworksIsNotSearchedFor() {
        fixture.engine.network("corp", Map.of()).lacking(EngineCapability.NETWORKS);
        FleetSpec spec = fixture.withToken("tester").network("corp").toSpec();

        assertThat(catchThrowableOfType(
                        InvalidSpecException.class, () -> fixture.fleet().start(spec)))
                .hasMessage("network corp needs container networks, which the engine at fake:/// does not have");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void anAgentsDirectoryIsNoNeedOfTheLogin() throws InterruptedException {
        fixture.engine.lacking(EngineCapability.HOST_DIRECTORIES);
        FleetSpec spec = fixture.withToken("tester").toSpec();

        fixture.fleet().auth(spec);
        fixture.engine.forget();

        assertThat(catchThrowableOfType(
                        InvalidSpecException.class, () -> fixture.fleet().start(spec)))
                .hasMessage("workspace.strategy bind of agent tester needs access to this machine's directories, which"
                        + " the engine at fake:/// does not have");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aFleetOnAnEngineLikeAClusterHasItsFilesInVolumesAndItsPromptsSent() throws InterruptedException {
        fixture.engine.lacking(LIKE_A_CLUSTER);
        FleetSpec spec = cluster("tester").toSpec();

        List<Readiness> agents = fixture.fleet().start(spec);

        assertThat(agents).extracting(Readiness::isReady).containsExactly(true);
        assertThat(fixture.engine.names())
                .noneMatch(name -> name.startsWith("network"))
                .contains("container claude-fleet-shop-c0ffee00-tester");
        assertThat(fixture.engine.changes())
                .noneMatch(change -> change.startsWith("pull"))
                .anyMatch(change -> change.startsWith("write volume claude-fleet-shop-c0ffee00-kit")
                        && change.contains("prompts/tester.md")
                        && change.endsWith("digest"))
                .anyMatch(change -> change.startsWith("write volume claude-fleet-shop-c0ffee00-secrets")
                        && change.contains(".credentials.json"));
        ContainerRequest agent = fixture.engine.requestFor("claude-fleet-shop-c0ffee00-tester");
        assertThat(agent.command()).contains("serve").doesNotContain("work");
        assertThat(agent.network().name()).isEqualTo(NetworkAttachment.COMMON);
        assertThat(agent.environment()).containsEntry("CLAUDE_FLEET_WORKSPACE", "none");
        assertThat(agent.mounts()).noneMatch(Mount.Directory.class::isInstance);
    }

    @Test
    void filesAreThereBeforeTheAgentsThatMountThem() throws InterruptedException {
        fixture.engine.lacking(LIKE_A_CLUSTER);

        fixture.fleet().start(cluster("tester").toSpec());

        List<String> changes = fixture.engine.changes();
        int agent = changes.indexOf("create container claude-fleet-shop-c0ffee00-tester");
        assertThat(changes.subList(0, agent))
                .filteredOn(change -> change.startsWith("write volume"))
                .hasSize(2);
        assertThat(changes.subList(agent, changes.size())).noneMatch(change -> change.startsWith("write volume"));
    }

    @Test
    void aSecondStartThereChangesNothing() throws InterruptedException {
        fixture.engine.lacking(LIKE_A_CLUSTER);
        FleetSpec spec = cluster("tester").toSpec();
        fixture.fleet().start(spec);
        fixture.engine.forget();

        fixture.fleet().start(spec);

        assertThat(fixture.engine.changes())
                .allMatch(change -> change.startsWith("write volume"), "compared by the engine itself");
    }

    /** Idle agents and one with a prompt, without anything of this machine. */
    private FleetBuilder cluster(String agent) {
        return fixture.withToken()
                .agent(fixture.agent(agent)
                        .prompt("Say yes")
                        .workspace(new WorkspaceOrigin(
                                fixture.workspace,
                                WorkspaceStrategy.NONE,
                                Optional.empty(),
                                false,
                                IntegrationSpec.DEFAULT,
                                folder.resolve("workspaces"))))
                .image(new ImageSpec.Named("registry.example/agent:1", PullPolicy.MISSING));
    }

    private void assertRefused(EngineCapability lacked, Goal goal) {
        fixture.engine.lacking(lacked);

        InvalidSpecException refusal =
                catchThrowableOfType(InvalidSpecException.class, () -> goal.run(fixture.fleet(), fleet().toSpec()));

        assertThat(refusal).hasMessage(REFUSALS.get(lacked));
        assertThat(refusal.suggestion()).contains("a Docker or Podman engine, with -Dclaude-fleet.engine.");
        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.engine.names()).isEmpty();
    }

    private List<Finding> capabilities(FleetBuilder fleet) {
        return fixture.fleet().doctor(fleet.toSpec(), Map.of()).stream()
                .filter(finding -> finding.check().equals("capabilities"))
                .toList();
    }

    /** Fleet that needs each capability. */
    private FleetBuilder fleet() {
        return fixture.withLogin("tester")
                .image(ImageSpec.bundled(new BuildOptions(Optional.empty(), Optional.empty())));
    }
}
