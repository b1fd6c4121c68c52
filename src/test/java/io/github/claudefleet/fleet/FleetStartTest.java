package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.claudefleet.auth.AuthFailedException;
import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.FakeEngine.Life;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FleetStartTest {

    private static final String READY = "claude-fleet: agent tester ready";

    private static final ResourceLimits LARGE = new ResourceLimits(new MemorySize(3L << 30), Optional.empty(), 64);

    @TempDir
    private Path folder;

    private FleetFixture harbour;

    @BeforeEach
    void open() {
        harbour = new FleetFixture(folder);
    }

    // ---- success

    @Test
    void everyAgentIsUpAndReadyWhenItReturns() throws InterruptedException {
        List<Readiness> agents = start(harbour.withToken("tester", "reviewer"));

        assertThat(agents)
                .extracting(agent -> agent.agent().value(), Readiness::state, Readiness::containerId)
                .containsExactly(
                        tuple("tester", AgentState.READY, idOf("claude-fleet-shop-c0ffee00-tester")),
                        tuple("reviewer", AgentState.READY, idOf("claude-fleet-shop-c0ffee00-reviewer")));
        assertThat(harbour.lines.all()).last().isEqualTo("info:  Fleet shop: 2 agents ready (0ms)");
    }

    @Test
    void theLoginIsProvedBeforeAnyAgentIsMade() throws InterruptedException {
        harbour.engine.before(change -> {
            if (change.startsWith("create container claude-fleet-shop-c0ffee00-tester")) {
                assertThat(harbour.cli.requests()).isEqualTo(1);
            }
        });

        start(harbour.withToken("tester"));

        assertThat(harbour.engine.changes()).contains("start container claude-fleet-shop-c0ffee00-tester");
    }

    @Test
    void aSecondStartWithNothingChangedDoesNothing() throws InterruptedException {
        start(harbour.withLogin("tester", "reviewer"));
        harbour.engine.forget();
        harbour.lines.forget();

        start(harbour.withLogin("tester", "reviewer"));

        assertThat(harbour.engine.changes()).isEmpty();
        assertThat(harbour.cli.requests()).isZero();
        assertThat(harbour.cli.selfTests()).isZero();
        assertThat(harbour.lines.all())
                .contains("info:  Login works: proved by a request 1m ago (claude.ai)")
                .last()
                .isEqualTo("info:  Fleet shop: 2 agents ready, nothing had to be changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_USE_VERTEX"})
    void anImageThatBringsAnotherCredentialIsRefusedBeforeAnythingIsMade(String variable) {
        harbour.engine.image("acme/agent:1", Map.of(), Set.of("PATH", variable));
        FleetSpec spec = harbour.withLogin("tester").toSpec();

        assertThatThrownBy(() -> harbour.fleet().start(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("image.name acme/agent:1 sets " + variable + " in its environment (ENV)")
                .hasMessageContaining("auth.mode login");
        assertThatThrownBy(() -> harbour.fleet().planStart(spec)).hasMessageContaining(variable);
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void aMountIntoTheDirectoryOfTheCliIsRefusedWhereTheImageTellsItsHome() {
        harbour.engine.image("acme/agent:1", Map.of("io.github.claudefleet.home", "/opt/agent"));
        FleetSpec spec = harbour.withToken("tester")
                .mounts(new MountSpec(folder, "/opt/agent/.claude/skills", true))
                .toSpec();

        assertThatThrownBy(() -> harbour.fleet().start(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("mounts has /opt/agent/.claude/skills, which is where each agent's CLI writes");
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void aProvidersOwnVariablesMayBeTheImages() throws InterruptedException {
        harbour.engine.image("acme/agent:1", Map.of(), Set.of("CLAUDE_CODE_USE_VERTEX"));
        harbour.cli.reports("{\"authMethod\": \"third_party\", \"apiProvider\": \"vertex\"}");

        start(harbour.withProvider("tester"));

        assertThat(harbour.lines.all())
                .contains("info:  Login: mode provider, from the containers' environment and mounts")
                .anyMatch(line -> line.contains("Login works: a real request was answered (third_party:vertex"));
    }

    @Test
    void aCliThatIsTooOldIsToldBeforeItIsAskedForAnything() {
        harbour.cli.isOfVersion("2.1.224");
        FleetSpec spec = harbour.withLogin("tester").toSpec();

        assertThatThrownBy(() -> harbour.fleet().start(spec))
                .isInstanceOf(AuthFailedException.class)
                .hasMessageContaining("too old (it is 2.1.224, and a fleet needs 2.1.225)")
                .hasMessageContaining("image.claudeVersion");
        assertThat(harbour.cli.requests() + harbour.cli.selfTests()).isZero();
        assertThat(harbour.engine.names()).isEmpty();
    }

    @Test
    void settingsThatBringAnotherCredentialAreNamed() {
        harbour.cli.findsSettings("/etc/claude-code/managed-settings.json", "{\"apiKeyHelper\":\"x\"}");
        FleetSpec spec = harbour.withToken("tester").toSpec();

        assertThatThrownBy(() -> harbour.fleet().start(spec))
                .hasMessageContaining("(apiKeyHelper in /etc/claude-code/managed-settings.json of the image)");
        assertThat(harbour.cli.requests()).isZero();
    }

    @Test
    void aChangedPromptMakesThatAgentAnewAndNoOther() throws InterruptedException {
        start(harbour.withToken("reviewer").agent(harbour.agent("tester").prompt("Test")));
        harbour.engine.forget();

        start(harbour.withToken("reviewer").agent(harbour.agent("tester").prompt("Test more")));

        assertThat(harbour.engine.changes())
                .filteredOn(change -> change.contains("container"))
                .containsExactly(
                        "stop container claude-fleet-shop-c0ffee00-tester within 10s",
                        "remove container claude-fleet-shop-c0ffee00-tester",
                        "create container claude-fleet-shop-c0ffee00-tester",
                        "start container claude-fleet-shop-c0ffee00-tester");
        assertThat(harbour.engine.changes()).first().asString().startsWith("upload to claude-fleet-shop-c0ffee00-auth");
    }

    @Test
    void anAgentThatFailsAtItsPromptHasStartedAllTheSame() throws InterruptedException {
        harbour.engine.life("claude-fleet-shop-c0ffee00-tester", Life.until(1, READY, "{\"type\":\"result\"}"));

        List<Readiness> agents =
                start(harbour.withToken().agent(harbour.agent("tester").prompt("Test")));

        assertThat(agents).extracting(Readiness::state).containsExactly(AgentState.FAILED);
    }

    @Test
    void theLoginAloneCanBeBroughtUpAndAStartGoesOnFromThere() throws InterruptedException {
        FleetSpec spec = harbour.withToken("tester").toSpec();
        harbour.fleet().auth(spec);
        assertThat(harbour.engine.names())
                .filteredOn(name -> name.startsWith("container"))
                .hasSize(1);
        harbour.engine.forget();

        harbour.fleet().start(spec);

        assertThat(harbour.engine.changes()).noneMatch(change -> change.contains(FleetFixture.AUTH + " "));
    }

    // ---- the self-test

    @Test
    void aCliThatMixesTheLoginWithTheRestMakesAgentsShareItAll() throws InterruptedException {
        harbour.cli.mixesLogin();

        start(harbour.withLogin("tester"));

        assertThat(harbour.engine
                        .requestFor("claude-fleet-shop-c0ffee00-tester")
                        .environment())
                .containsEntry("CLAUDE_CONFIG_DIR", "/claude-fleet/login")
                .doesNotContainKey("CLAUDE_SECURESTORAGE_CONFIG_DIR");
        assertThat(harbour.engine
                        .requestFor("claude-fleet-shop-c0ffee00-tester")
                        .mounts())
                .filteredOn(mount -> mount.target().equals("/claude-fleet/login"))
                .extracting(Mount::readOnly)
                .containsExactly(false);
        assertThat(harbour.lines.all())
                .anyMatch(line -> line.startsWith("warn:  The Claude Code CLI in acme/agent:1 can't store"));
    }

    @Test
    void whatTheSelfTestFoundIsRememberedWithItsContainer() throws InterruptedException {
        harbour.cli.mixesLogin();
        start(harbour.withLogin("tester"));
        harbour.engine.forget();

        start(harbour.withLogin("tester"));

        assertThat(harbour.engine.changes()).isEmpty();
        assertThat(harbour.cli.selfTests()).isZero();
    }

    @Test
    void whoChoseToShareItAllIsNotTested() throws InterruptedException {
        start(harbour.withLogin("tester").sharing(Sharing.ALL));

        assertThat(harbour.cli.selfTests()).isZero();
    }

    // ---- failures

    @Test
    void anAgentThatDiesAtItsStartFailsItAllAndNothingIsLeft() {
        harbour.engine.life("claude-fleet-shop-c0ffee00-tester", Life.until(78, "does not see the login"));

        assertThatThrownBy(() -> start(harbour.withToken("reviewer", "tester")))
                .isInstanceOf(AgentNotReadyException.class)
                .hasMessageContaining("Agent tester did not get ready")
                .hasMessageContaining("does not see the login")
                .hasMessageNotContaining("Agent reviewer");
        assertThat(harbour.engine.names()).isEmpty();
    }

    @Test
    void whatWasUpBeforeAFailedStartStaysUp() throws InterruptedException {
        start(harbour.withToken("reviewer"));
        List<String> before = harbour.engine.names();
        harbour.engine.life("claude-fleet-shop-c0ffee00-tester", Life.until(78));

        assertThatThrownBy(() -> start(harbour.withToken("reviewer", "tester")))
                .isInstanceOf(AgentNotReadyException.class);

        assertThat(harbour.engine.names()).isEqualTo(before);
    }

    @Test
    void anEngineThatFailsHalfWayLeavesNothingEither() {
        harbour.engine.failing("start container claude-fleet-shop-c0ffee00-tester");

        assertThatThrownBy(() -> start(harbour.withToken("reviewer", "tester"))).isInstanceOf(ConvergeException.class);
        assertThat(harbour.engine.names()).isEmpty();
    }

    @Test
    void aCredentialThatIsRejectedFailsItBeforeAnyAgentIsMade() {
        harbour.cli.rejects();

        assertThatThrownBy(() -> start(harbour.withToken("tester")))
                .isInstanceOf(AuthFailedException.class)
                .hasMessageContaining("rejected by the service");
        assertThat(harbour.engine.changes()).doesNotContain("create container claude-fleet-shop-c0ffee00-tester");
        assertThat(harbour.engine.names()).isEmpty();
    }

    @Test
    void aNetworkThatIsNotThereIsSaidBeforeAnythingIsMade() {
        assertThatThrownBy(() -> start(harbour.withToken("tester").network("backend")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("network \"backend\" is not on the engine");
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void aNetworkOfSomebodyElsesIsJoinedAndStays() throws InterruptedException {
        harbour.engine.network("backend", Map.of());
        start(harbour.withToken("tester").network("backend"));

        harbour.fleet()
                .stop(
                        new FleetSelector(harbour.withToken().toSpec().id(), false, false),
                        harbour.withToken().toSpec().timeouts(),
                        Path.of("target", "results"));

        assertThat(harbour.engine.names()).containsExactly("network backend");
    }

    @Test
    void aLoginWithinAWorkspaceIsWarnedOf() throws InterruptedException, IOException {
        FleetBuilder fleet = harbour.withLogin();
        Path login = fleet.toSpec().login().directory();
        Files.setPosixFilePermissions(login.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

        harbour.fleet()
                .start(fleet.agent(Shop.agent("tester", login.getParent())).toSpec());

        assertThat(harbour.lines.all())
                .anyMatch(line -> line.contains(login + " is within the workspace of agent tester"));
    }

    @Test
    void aWorkspaceThatAgentsCannotWriteIsSaidBeforeAnythingIsMade() throws IOException {
        Files.setPosixFilePermissions(harbour.workspace, PosixFilePermissions.fromString("r-xr-xr-x"));

        assertThatThrownBy(() -> start(harbour.withToken("tester")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("workspace " + harbour.workspace + " of agent tester can't be written");
        assertThat(harbour.engine.changes()).isEmpty();
    }

    // ---- resources

    @Test
    void agentsThatNeedMoreThanThereIsAreRefusedBeforeAnythingIsMade() {
        FleetSpec spec = large().image(new ImageSpec.Named("acme/new:1", PullPolicy.MISSING))
                .toSpec();
        String sum = "agents can't be had: 3 agents with 3 GiB each and the auth container (512 MiB) need 9.5 GiB, and"
                + " the engine has 8 GiB";

        assertThatThrownBy(() -> harbour.fleet().start(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage(sum);
        assertThatThrownBy(() -> harbour.fleet().planStart(spec)).hasMessage(sum);
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void theLoginAloneNeedsNoRoomForAgents() throws InterruptedException {
        harbour.fleet().auth(large().toSpec());

        assertThat(harbour.engine.names()).contains("container " + FleetFixture.AUTH);
    }

    @Test
    void moreThanThereIsIsMadeWhereThatIsAskedFor() throws InterruptedException {
        assertThat(start(large().overcommit())).hasSize(3);
    }

    @Test
    void whatRunsIsNotCountedASecondTime() throws InterruptedException {
        FleetBuilder fleet = harbour.withToken("tester")
                .agent(harbour.agent("builder").limits(LARGE))
                .agent(harbour.agent("packer").limits(LARGE));
        start(fleet);
        harbour.engine.info(new EngineInfo("fake:///", "20.10", "1.41", 2, 1L << 30));
        harbour.engine.forget();

        start(fleet);

        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void aNetworkThatIsFullIsSaidBeforeAnythingIsMade() {
        harbour.engine.network("corp", Map.of()).strangersOn("corp", 998);
        FleetBuilder fleet = harbour.withToken("a", "b").network("corp").overcommit();

        assertThatThrownBy(() -> start(fleet))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agents can't be had: 3 containers join 998 on network corp, and a bridge takes 1000");
        assertThat(harbour.engine.changes()).isEmpty();
    }

    private FleetBuilder large() {
        return harbour.withToken()
                .agent(harbour.agent("a").limits(LARGE))
                .agent(harbour.agent("b").limits(LARGE))
                .agent(harbour.agent("c").limits(LARGE));
    }

    // ---- the image

    @Test
    void anImageThatIsMissingIsFetchedOnce() throws InterruptedException {
        FleetBuilder fleet = harbour.withToken("tester").image(new ImageSpec.Named("acme/new:1", PullPolicy.MISSING));

        start(fleet);
        start(fleet);

        assertThat(harbour.engine.changes()).containsOnlyOnce("pull image acme/new:1");
    }

    @Test
    void anImageThatIsNeverFetchedHasToBeThere() {
        FleetBuilder fleet = harbour.withToken("tester").image(new ImageSpec.Named("acme/new:1", PullPolicy.NEVER));

        assertThatThrownBy(() -> start(fleet))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("acme/new:1 is not on the engine");
        assertThat(harbour.engine.changes()).isEmpty();
    }

    @Test
    void anImageThatCannotBeFetchedIsSaidWithWhatToDo() {
        harbour.engine.failing("pull image");
        FleetBuilder fleet = harbour.withToken("tester").image(new ImageSpec.Named("acme/new:1", PullPolicy.MISSING));

        assertThatThrownBy(() -> start(fleet))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        failure -> assertThat(failure.suggestion())
                                .hasValueSatisfying(text -> assertThat(text).startsWith("Check image.name")));
    }

    private List<Readiness> start(FleetBuilder fleet) throws InterruptedException {
        return harbour.fleet().start(fleet.toSpec());
    }

    private String idOf(String container) {
        return harbour.engine.named(container).id();
    }
}
