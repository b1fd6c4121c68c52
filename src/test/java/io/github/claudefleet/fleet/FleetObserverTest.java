package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.console.StatusTable;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.FakeEngine.Life;
import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Shop;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goals that inspect or stop a fleet. */
@Timeout(60)
class FleetObserverTest {

    private static FleetSelector wishFor(String name) {
        return new FleetSelector(Shop.idOf(name), false, false);
    }

    private static final FleetSelector SHOP = wishFor("shop");

    @TempDir
    private Path folder;

    private FleetFixture fixture;
    private FleetSpec spec;

    @BeforeEach
    void startAFleet() throws InterruptedException {
        fixture = new FleetFixture(folder);
        fixture.engine.life(
                "claude-fleet-shop-c0ffee00-tester",
                Life.until(0, "claude-fleet: agent tester ready", "working", "done"));
        spec = fixture.withLogin("idle")
                .agent(fixture.agent("tester").prompt("Test"))
                .toSpec();
        fixture.fleet().start(spec);
        fixture.engine.forget();
        fixture.lines.forget();
    }

    // ---- status

    @Test
    void everyContainerHasARowTheAuthContainerFirst() throws InterruptedException {
        assertThat(String.join(
                        "\n", StatusTable.of(SHOP.id().name(), fixture.fleet().status(SHOP))))
                .isEqualTo("""
                Fleet shop
                AGENT   STATE          UPTIME  CONTAINER                          IMAGE         LOGIN
                auth    ready          1m 30s  claude-fleet-shop-c0ffee00-auth    acme/agent:1  login, shared: login
                idle    ready          1m 30s  claude-fleet-shop-c0ffee00-idle    acme/agent:1  login, shared: login
                tester  done (exit 0)  -       claude-fleet-shop-c0ffee00-tester  acme/agent:1  login, shared: login""");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void whatTheKeeperSaysIsInItsRow() throws InterruptedException {
        fixture.cli.keeperSays("doing=keeping\nexpires=4660\nrefreshed=880\nfailures=0\nrestarts=1\nnow=1060\n");

        List<AgentStatus> rows = fixture.fleet().status(SHOP);

        assertThat(StatusTable.of(SHOP.id().name(), rows))
                .anyMatch(line -> line.matches(
                        "auth +keeping +1m 30s +claude-fleet-shop-c0ffee00-auth +acme/agent:1 +login, shared: login;"
                                + " renewed 3m ago, token good for 1h"));
        assertThat(rows.stream().skip(1).map(AgentStatus::keeper)).containsOnly(Optional.empty());
    }

    @Test
    void anAuthContainerThatGoesWhileItIsAskedCostsNoMoreThanItsWord() throws InterruptedException {
        fixture.engine.program(request -> {
            throw new EngineException(EngineException.Kind.NOT_FOUND, "exec", "no such container", "", null);
        });

        assertThat(fixture.fleet().status(SHOP))
                .extracting(AgentStatus::agent)
                .containsExactly("auth", "idle", "tester");
    }

    @Test
    void aFleetThatIsNotThereHasNoRows() throws InterruptedException {
        assertThat(fixture.fleet().status(wishFor("other"))).isEmpty();
    }

    private static Map<String, String> halfOfTheLabels() {
        Map<String, String> labels = new HashMap<>(Shop.idOf("odd").selectingLabels());
        labels.put(Labels.AGENT, "x");
        return labels;
    }

    @Test
    void aContainerThatSomebodyMadeWithHalfOfTheLabelsHasARowToo() throws InterruptedException {
        put("c-odd", halfOfTheLabels(), ContainerState.CREATED);

        assertThat(fixture.fleet().status(wishFor("odd")))
                .containsExactly(new AgentStatus(
                        "x",
                        "c-odd",
                        "c-odd",
                        AgentState.DOWN,
                        Optional.empty(),
                        Optional.empty(),
                        "an/image",
                        "unknown",
                        Optional.empty()));
    }

    // ---- logs

    @Test
    void aFleetWithoutAgentsHasNoLogsAndThatIsSaid() throws InterruptedException {
        fixture.fleet().logs(wishFor("other"), selector(List.of(), OptionalInt.empty()));

        assertThat(fixture.lines.all()).anyMatch(line -> line.contains("Fleet other has no agents on the engine"));
    }

    @Test
    void allAgentsAreShownEachLineBehindItsName() throws InterruptedException {
        fixture.fleet().logs(SHOP, selector(List.of(), OptionalInt.empty()));

        assertThat(fixture.lines.all())
                .containsExactly(
                        "info:  idle   | claude-fleet: agent idle ready",
                        "info:  tester | claude-fleet: agent tester ready",
                        "info:  tester | working",
                        "info:  tester | done");
    }

    @Test
    void oneAgentIsShownOnRequestAndOnlyItsLastLines() throws InterruptedException {
        fixture.fleet().logs(SHOP, selector(List.of("tester"), OptionalInt.of(1)));

        assertThat(fixture.lines.all()).containsExactly("info:  tester | done");
    }

    @Test
    void theAuthContainerIsShownOnlyOnRequest() throws InterruptedException {
        fixture.engine.prints(fixture.engine.named(FleetFixture.AUTH).id(), "claude-fleet: keeper up");

        fixture.fleet().logs(SHOP, selector(List.of("auth"), OptionalInt.empty()));

        assertThat(fixture.lines.all()).containsExactly("info:  auth | claude-fleet: keeper up");
    }

    @Test
    void followingEndsWithWhatIsFollowed() throws InterruptedException {
        fixture.fleet().logs(SHOP, new LogsRequest(List.of("tester"), true, OptionalInt.empty()));

        assertThat(fixture.lines.all()).hasSize(3);
    }

    @Test
    void anAgentThatIsNotThereIsToldWithThoseThatAre() {
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class,
                () -> fixture.fleet().logs(SHOP, selector(List.of("reviewer"), OptionalInt.empty())));

        assertThat(refusal).hasMessage("agent \"reviewer\" has no container in fleet shop");
        assertThat(refusal.suggestion()).isEqualTo("There are: auth, idle, tester.");
    }

    // ---- stop

    @Test
    void stoppingRemovesAllThatTheFleetHas() throws InterruptedException {
        fixture.fleet().stop(SHOP, spec.timeouts(), Path.of("target", "results"));

        assertThat(fixture.engine.names()).isEmpty();
        assertThat(fixture.lines.all())
                .last()
                .isEqualTo("info:  Fleet shop is stopped: 3 containers removed (0ms); the login stays");
        assertThat(spec.login().directory().resolve(".credentials.json")).exists();
    }

    @Test
    void stoppingTouchesNothingOfOthers() throws InterruptedException {
        put("c-foreign", Map.of("com.example.owner", "somebody"), ContainerState.RUNNING);
        put("c-other", Map.of(Labels.FLEET, "shop2"), ContainerState.RUNNING);
        fixture.engine.network("theirs", Map.of());

        fixture.fleet().stop(SHOP, spec.timeouts(), Path.of("target", "results"));

        assertThat(fixture.engine.names())
                .containsExactly("container c-foreign", "container c-other", "network theirs");
    }

    @Test
    void stoppingNothingTellsWhichFleetsThereAre() throws InterruptedException {
        fixture.fleet().stop(wishFor("other"), spec.timeouts(), Path.of("target", "results"));

        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.lines.all())
                .last()
                .isEqualTo("info:  Nothing to stop: the engine has no resources of this project's fleet other."
                        + " Other fleets: shop (/home/ann/shop, detached). Run stop in the project that owns it, select it with"
                        + " -Dclaude-fleet.name=…, or end its build. To stop all fleets of that name:"
                        + " -Dclaude-fleet.allProjects");
    }

    @Test
    void aStopThatFailsSaysWhatAndRemovesTheRest() {
        fixture.engine.failing("stop container claude-fleet-shop-c0ffee00-idle");
        FleetTimeouts timeouts = spec.timeouts();

        assertThatThrownBy(() -> fixture.fleet().stop(SHOP, timeouts, Path.of("target", "results")))
                .hasMessageStartingWith("Could not remove container claude-fleet-shop-c0ffee00-idle");
        assertThat(fixture.engine.names())
                .contains("container claude-fleet-shop-c0ffee00-idle")
                .doesNotContain("container " + FleetFixture.AUTH);
    }

    // ---- plans

    @ParameterizedTest
    @ValueSource(strings = {"auth", "start"})
    void aPlanWhereNothingHasChangedSaysSo(String goal) {
        plan(goal, spec);

        assertThat(fixture.lines.all()).containsExactly("info:  Dry run: nothing to do for fleet shop.");
    }

    @Test
    void aPlanIsToldAndNothingIsDone() {
        plan("start", fixture.withLogin("idle", "new").toSpec());

        assertThat(fixture.lines.text()).isEqualTo("""
                info:  Dry run: this is what would be done for fleet shop:
                info:    remove container claude-fleet-shop-c0ffee00-tester (the pom no longer has it)
                info:    create container claude-fleet-shop-c0ffee00-new (there is none yet)
                """);
        assertThat(fixture.engine.changes()).isEmpty();
        assertThat(fixture.engine.execs()).isEmpty();
    }

    @Test
    void aPlanOfTheLoginLeavesAgentsOut() {
        plan("auth", fixture.withLogin("new").toSpec());

        assertThat(fixture.lines.all()).containsExactly("info:  Dry run: nothing to do for fleet shop.");
    }

    @Test
    void aPlanOfTheEndIsToldAndNothingIsDone() {
        fixture.fleet().planStop(SHOP);

        assertThat(fixture.lines.all())
                .hasSize(6)
                .first()
                .isEqualTo("info:  Dry run: this is what would be done for fleet shop:");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    private void plan(String goal, FleetSpec wanted) {
        if (goal.equals("auth")) {
            fixture.fleet().planAuth(wanted);
        } else {
            fixture.fleet().planStart(wanted);
        }
    }

    private static LogsRequest selector(List<String> agents, OptionalInt tail) {
        return new LogsRequest(agents, false, tail);
    }

    private void put(String id, Map<String, String> labels, ContainerState state) {
        fixture.engine.put(new ContainerObservation(
                id,
                id,
                labels,
                "an/image",
                "sha256:1",
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
    }
}
