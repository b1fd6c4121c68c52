package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.claudefleet.auth.AuthFailedException;
import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.engine.FakeEngine.Life;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.UserMapping;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.Sharing;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
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

    private FleetFixture fixture;

    @BeforeEach
    void open() {
        fixture = new FleetFixture(folder);
    }

    // ---- success

    @Test
    void everyAgentIsUpAndReadyWhenItReturns() throws InterruptedException {
        List<Readiness> agents = start(fixture.withToken("tester", "reviewer"));

        assertThat(agents)
                .extracting(agent -> agent.agent().value(), Readiness::state, Readiness::containerId)
                .containsExactly(
                        tuple("tester", AgentState.READY, idOf("claude-fleet-shop-c0ffee00-tester")),
                        tuple("reviewer", AgentState.READY, idOf("claude-fleet-shop-c0ffee00-reviewer")));
        assertThat(fixture.lines.all()).last().isEqualTo("info:  Fleet shop: 2 agents ready (0ms)");
    }

    @Test
    void theLoginIsProvedBeforeAnyAgentIsMade() throws InterruptedException {
        fixture.engine.before(change -> {
            if (change.startsWith("create container claude-fleet-shop-c0ffee00-tester")) {
                assertThat(fixture.cli.requests()).hasSize(1);
            }
        });

        start(fixture.withToken("tester"));

        assertThat(fixture.engine.changes()).contains("start container claude-fleet-shop-c0ffee00-tester");
    }

    @Test
    void aSecondStartWithNothingChangedDoesNothing() throws InterruptedException {
        start(fixture.withLogin("tester", "reviewer"));
        fixture.engine.forget();
        fixture.lines.forget();

        start(fixture.withLogin("tester", "reviewer"));

        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.cli.requests()).isEmpty();
        assertThat(fixture.cli.selfTests()).isZero();
        assertThat(fixture.lines.all())
                .contains("info:  Login works: proved by a request 1m ago (claude.ai)")
                .last()
                .isEqualTo("info:  Fleet shop: 2 agents ready, nothing had to be changed");
    }

    @Test
    void aFleetHasOneTraceHoweverOftenItIsStarted() throws InterruptedException {
        Iterator<String> ids = List.of("a".repeat(32), "b".repeat(32)).iterator();
        FleetListeners traced = new FleetListeners() {
            @Override
            public RunListener runs() {
                return new RunListener() {
                    @Override
                    public Optional<String> newTrace() {
                        return Optional.of(ids.next());
                    }
                };
            }
        };

        fixture.fleet(traced).start(fixture.withToken("tester").toSpec());
        fixture.fleet(traced).start(fixture.withToken("tester").toSpec());
        fixture.fleet(traced)
                .start(fixture.withToken()
                        .agent(fixture.agent("tester").prompt("Other files in the kit"))
                        .toSpec());

        assertThat(fixture.engine.changes())
                .filteredOn(change -> change.endsWith(" trace"))
                .hasSize(1);
        assertThat(fixture.engine.uploadedTo(idOf(FleetFixture.AUTH), ContainerPaths.KIT))
                .filteredOn(file -> file.path().equals("trace"))
                .singleElement()
                .extracting(file -> new String(file.content(), StandardCharsets.UTF_8))
                .isEqualTo("a".repeat(32));
    }

    @Test
    void aFleetThatIsNotTracedHasNoTrace() throws InterruptedException {
        start(fixture.withToken("tester"));

        assertThat(fixture.engine.uploadedTo(idOf(FleetFixture.AUTH), ContainerPaths.KIT))
                .isNotEmpty()
                .noneMatch(file -> file.path().equals("trace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_USE_VERTEX"})
    void anImageThatBringsAnotherCredentialIsRefusedBeforeAnythingIsMade(String variable) {
        fixture.engine.image("acme/agent:1", Map.of(), Set.of("PATH", variable));
        FleetSpec spec = fixture.withLogin("tester").toSpec();

        assertThatThrownBy(() -> fixture.fleet().start(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("image.name acme/agent:1 sets " + variable + " in its environment (ENV)")
                .hasMessageContaining("auth.mode login");
        assertThatThrownBy(() -> fixture.fleet().planStart(spec)).hasMessageContaining(variable);
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aMountIntoTheDirectoryOfTheCliIsRefusedWhereTheImageTellsItsHome() {
        fixture.engine.image("acme/agent:1", Map.of("io.github.claudefleet.home", "/opt/agent"));
        FleetSpec spec = fixture.withToken("tester")
                .mounts(new MountSpec(folder, "/opt/agent/.claude/skills", true))
                .toSpec();

        assertThatThrownBy(() -> fixture.fleet().start(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("mounts has /opt/agent/.claude/skills, which is where each agent's CLI writes");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aProvidersOwnVariablesMayBeTheImages() throws InterruptedException {
        fixture.engine.image("acme/agent:1", Map.of(), Set.of("CLAUDE_CODE_USE_VERTEX"));
        fixture.cli.reports("{\"authMethod\": \"third_party\", \"apiProvider\": \"vertex\"}");

        start(fixture.withProvider("tester"));

        assertThat(fixture.lines.all())
                .contains("info:  Login: mode provider, from the containers' environment and mounts")
                .anyMatch(line -> line.contains("Login works: a real request was answered (third_party:vertex"));
    }

    @Test
    void aCliThatIsTooOldIsToldBeforeItIsAskedForAnything() {
        fixture.cli.isOfVersion("2.1.224");
        FleetSpec spec = fixture.withLogin("tester").toSpec();

        assertThatThrownBy(() -> fixture.fleet().start(spec))
                .isInstanceOf(AuthFailedException.class)
                .hasMessageContaining("too old (it is 2.1.224, and a fleet needs 2.1.225)")
                .hasMessageContaining("image.claudeVersion");
        assertThat(fixture.cli.requests()).isEmpty();
        assertThat(fixture.cli.selfTests()).isZero();
        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void settingsThatBringAnotherCredentialAreNamed() {
        fixture.cli.findsSettings("/etc/claude-code/managed-settings.json", "{\"apiKeyHelper\":\"x\"}");
        FleetSpec spec = fixture.withToken("tester").toSpec();

        assertThatThrownBy(() -> fixture.fleet().start(spec))
                .hasMessageContaining("(apiKeyHelper in /etc/claude-code/managed-settings.json of the image)");
        assertThat(fixture.cli.requests()).isEmpty();
    }

    @Test
    void aChangedPromptMakesThatAgentAnewAndNoOther() throws InterruptedException {
        start(fixture.withToken("reviewer").agent(fixture.agent("tester").prompt("Test")));
        fixture.engine.forget();

        start(fixture.withToken("reviewer").agent(fixture.agent("tester").prompt("Test more")));

        assertThat(fixture.engine.changes())
                .filteredOn(change -> change.contains("container"))
                .containsExactly(
                        "stop container claude-fleet-shop-c0ffee00-tester within 10s",
                        "remove container claude-fleet-shop-c0ffee00-tester",
                        "create container claude-fleet-shop-c0ffee00-tester",
                        "start container claude-fleet-shop-c0ffee00-tester");
        assertThat(fixture.engine.changes()).first().asString().startsWith("upload to claude-fleet-shop-c0ffee00-auth");
    }

    @Test
    void anAgentThatFailsAtItsPromptHasStartedAllTheSame() throws InterruptedException {
        fixture.engine.life("claude-fleet-shop-c0ffee00-tester", Life.until(1, READY, "{\"type\":\"result\"}"));

        List<Readiness> agents =
                start(fixture.withToken().agent(fixture.agent("tester").prompt("Test")));

        assertThat(agents).extracting(Readiness::state).containsExactly(AgentState.FAILED);
    }

    @Test
    void theLoginAloneCanBeBroughtUpAndAStartGoesOnFromThere() throws InterruptedException {
        FleetSpec spec = fixture.withToken("tester").toSpec();
        fixture.fleet().auth(spec);
        assertThat(fixture.engine.names())
                .filteredOn(name -> name.startsWith("container"))
                .hasSize(1);
        fixture.engine.forget();

        fixture.fleet().start(spec);

        assertThat(fixture.engine.changes()).noneMatch(change -> change.contains(FleetFixture.AUTH + " "));
    }

    // ---- the self-test

    @Test
    void aCliThatMixesTheLoginWithTheRestMakesAgentsShareItAll() throws InterruptedException {
        fixture.cli.mixesLogin();

        start(fixture.withLogin("tester"));

        assertThat(fixture.engine
                        .requestFor("claude-fleet-shop-c0ffee00-tester")
                        .environment())
                .containsEntry("CLAUDE_CONFIG_DIR", "/claude-fleet/login")
                .doesNotContainKey("CLAUDE_SECURESTORAGE_CONFIG_DIR");
        assertThat(fixture.engine
                        .requestFor("claude-fleet-shop-c0ffee00-tester")
                        .mounts())
                .filteredOn(mount -> mount.target().equals("/claude-fleet/login"))
                .extracting(Mount::readOnly)
                .containsExactly(false);
        assertThat(fixture.lines.all())
                .anyMatch(line -> line.startsWith("warn:  The Claude Code CLI in acme/agent:1 can't store"));
    }

    @Test
    void whatTheSelfTestFoundIsRememberedWithItsContainer() throws InterruptedException {
        fixture.cli.mixesLogin();
        start(fixture.withLogin("tester"));
        fixture.engine.forget();

        start(fixture.withLogin("tester"));

        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.cli.selfTests()).isZero();
    }

    @Test
    void whoChoseToShareItAllIsNotTested() throws InterruptedException {
        start(fixture.withLogin("tester").sharing(Sharing.ALL));

        assertThat(fixture.cli.selfTests()).isZero();
    }

    // ---- failures

    @Test
    void anAgentThatDiesAtItsStartFailsItAllAndNothingIsLeft() {
        fixture.engine.life("claude-fleet-shop-c0ffee00-tester", Life.until(78, "does not see the login"));

        assertThatThrownBy(() -> start(fixture.withToken("reviewer", "tester")))
                .isInstanceOf(AgentNotReadyException.class)
                .hasMessageContaining("Agent tester did not get ready")
                .hasMessageContaining("does not see the login")
                .hasMessageNotContaining("Agent reviewer");
        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void whatWasUpBeforeAFailedStartStaysUp() throws InterruptedException {
        start(fixture.withToken("reviewer"));
        List<String> before = fixture.engine.names();
        fixture.engine.life("claude-fleet-shop-c0ffee00-tester", Life.until(78));

        assertThatThrownBy(() -> start(fixture.withToken("reviewer", "tester")))
                .isInstanceOf(AgentNotReadyException.class);

        assertThat(fixture.engine.names()).isEqualTo(before);
    }

    @Test
    void anEngineThatFailsHalfWayLeavesNothingEither() {
        fixture.engine.failing("start container claude-fleet-shop-c0ffee00-tester");

        assertThatThrownBy(() -> start(fixture.withToken("reviewer", "tester"))).isInstanceOf(ConvergeException.class);
        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void aCredentialThatIsRejectedFailsItBeforeAnyAgentIsMade() {
        fixture.cli.answers("rejected");

        assertThatThrownBy(() -> start(fixture.withToken("tester")))
                .isInstanceOf(AuthFailedException.class)
                .hasMessageContaining("rejected by the service");
        assertThat(fixture.engine.changes()).doesNotContain("create container claude-fleet-shop-c0ffee00-tester");
        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void aNetworkThatIsNotThereIsSaidBeforeAnythingIsMade() {
        assertThatThrownBy(() -> start(fixture.withToken("tester").network("backend")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("network \"backend\" is not on the engine");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aNetworkOfSomebodyElsesIsJoinedAndStays() throws InterruptedException {
        fixture.engine.network("backend", Map.of());
        start(fixture.withToken("tester").network("backend"));

        fixture.fleet()
                .stop(
                        new FleetSelector(fixture.withToken().toSpec().id(), false, false),
                        fixture.withToken().toSpec().timeouts(),
                        Path.of("target", "results"));

        assertThat(fixture.engine.names()).containsExactly("network backend");
    }

    @Test
    void aLoginWithinAWorkspaceIsWarnedOf() throws InterruptedException, IOException {
        FleetBuilder fleet = fixture.withLogin();
        Path login = fleet.toSpec().login().directory();
        Files.setPosixFilePermissions(login.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

        fixture.fleet()
                .start(fleet.agent(Shop.agent("tester", login.getParent())).toSpec());

        assertThat(fixture.lines.all())
                .anyMatch(line -> line.contains(login + " is within the workspace of agent tester"));
    }

    @Test
    void aWorkspaceThatAgentsCannotWriteIsSaidBeforeAnythingIsMade() throws IOException {
        Files.setPosixFilePermissions(fixture.workspace, PosixFilePermissions.fromString("r-xr-xr-x"));

        assertThatThrownBy(() -> start(fixture.withToken("tester")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("workspace " + fixture.workspace + " of agent tester can't be written");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    // ---- resources

    @Test
    void agentsThatNeedMoreThanThereIsAreRefusedBeforeAnythingIsMade() {
        FleetSpec spec = large().image(new ImageSpec.Named("acme/new:1", PullPolicy.MISSING))
                .toSpec();
        String sum = "agents can't be had: 3 agents with 3 GiB each and the auth container (512 MiB) need 9.5 GiB, and"
                + " the engine has 8 GiB";

        assertThatThrownBy(() -> fixture.fleet().start(spec))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage(sum);
        assertThatThrownBy(() -> fixture.fleet().planStart(spec)).hasMessage(sum);
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void theLoginAloneNeedsNoRoomForAgents() throws InterruptedException {
        fixture.fleet().auth(large().toSpec());

        assertThat(fixture.engine.names()).contains("container " + FleetFixture.AUTH);
    }

    @Test
    void moreThanThereIsIsMadeWhereThatIsAskedFor() throws InterruptedException {
        assertThat(start(large().overcommit())).hasSize(3);
    }

    @Test
    void whatRunsIsNotCountedASecondTime() throws InterruptedException {
        FleetBuilder fleet = fixture.withToken("tester")
                .agent(fixture.agent("builder").limits(LARGE))
                .agent(fixture.agent("packer").limits(LARGE));
        start(fleet);
        fixture.engine.info(new EngineInfo("fake:///", "20.10", "1.41", 2, 1L << 30));
        fixture.engine.forget();

        start(fleet);

        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aRuntimeThatTheEngineLacksIsRefusedBeforeAnythingIsMade() {
        fixture.engine.info(new EngineInfo(
                "fake:///",
                "20.10",
                "1.41",
                2,
                8L << 30,
                Optional.empty(),
                UserMapping.SAME,
                Set.of("runc", "kata-runtime"),
                false,
                EngineCapability.ALL));
        FleetBuilder fleet = fixture.withToken("a").hardening(runtime("runsc"));

        assertThatThrownBy(() -> start(fleet))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("hardening.runtime \"runsc\" is no runtime of the engine at fake:///, which has"
                        + " kata-runtime, runc");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    private static Hardening runtime(String name) {
        return new Hardening(List.of("ALL"), List.of(), true, true, true, List.of(), Optional.of(name));
    }

    @Test
    void aNetworkThatIsFullIsSaidBeforeAnythingIsMade() {
        fixture.engine.network("corp", Map.of()).strangersOn("corp", 998);
        FleetBuilder fleet = fixture.withToken("a", "b").network("corp").overcommit();

        assertThatThrownBy(() -> start(fleet))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("agents can't be had: 3 containers join 998 on network corp, and a bridge takes 1000");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    private FleetBuilder large() {
        return fixture.withToken()
                .agent(fixture.agent("a").limits(LARGE))
                .agent(fixture.agent("b").limits(LARGE))
                .agent(fixture.agent("c").limits(LARGE));
    }

    // ---- the image

    @Test
    void anImageThatIsMissingIsFetchedOnce() throws InterruptedException {
        FleetBuilder fleet = fixture.withToken("tester").image(new ImageSpec.Named("acme/new:1", PullPolicy.MISSING));

        start(fleet);
        start(fleet);

        assertThat(fixture.engine.changes()).containsOnlyOnce("pull image acme/new:1");
    }

    @Test
    void anImageThatIsNeverFetchedHasToBeThere() {
        FleetBuilder fleet = fixture.withToken("tester").image(new ImageSpec.Named("acme/new:1", PullPolicy.NEVER));

        assertThatThrownBy(() -> start(fleet))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("acme/new:1 is not on the engine");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void anImageThatCannotBeFetchedIsSaidWithWhatToDo() {
        fixture.engine.failing("pull image");
        FleetBuilder fleet = fixture.withToken("tester").image(new ImageSpec.Named("acme/new:1", PullPolicy.MISSING));

        assertThatThrownBy(() -> start(fleet))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        failure -> assertThat(failure.suggestion())
                                .hasValueSatisfying(text -> assertThat(text).startsWith("Check image.name")));
    }

    private List<Readiness> start(FleetBuilder fleet) throws InterruptedException {
        return fixture.fleet().start(fleet.toSpec());
    }

    private String idOf(String container) {
        return fixture.engine.named(container).id();
    }
}
