package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.NetworkRequest;
import io.github.claudefleet.host.Liveness;
import io.github.claudefleet.host.ProcessIdentity;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.BuildIdentity;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Project;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.Unattended;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several fleets on one engine, and the selection of the one that a goal operates on. */
@Timeout(60)
class FleetNeighboursTest {

    private static final Path RESULTS = Path.of("target", "results");
    private static final ProcessIdentity OWNER = new ProcessIdentity("machine", "boot", "space", 4711, "1", "0");
    private static final Project SHOP = new Project("c0ffee00c0ff", "/home/ann/shop");
    private static final Project OTHERS_SHOP = new Project("0123456789ab", "/home/bob/shop");
    private static final String FIRST = "f1f1f1f1f1f1";
    private static final String SECOND = "f2f2f2f2f2f2";

    private static final String FIRST_STEM = stem(SHOP, FIRST);
    private static final String SECOND_STEM = stem(SHOP, SECOND);

    @TempDir
    Path folder;

    private FleetFixture fixture;
    private Liveness liveness = Liveness.ALIVE;

    @BeforeEach
    void arrange() {
        fixture = new FleetFixture(folder);
    }

    @Test
    void twoBuildsOfOneProjectHaveAFleetEach() throws InterruptedException {
        start(fleet(SHOP, Lifetime.BUILD, FIRST));
        start(fleet(SHOP, Lifetime.BUILD, SECOND));

        assertThat(containers())
                .containsExactlyInAnyOrder(
                        "container " + FIRST_STEM + "-auth",
                        "container " + FIRST_STEM + "-tester",
                        "container " + SECOND_STEM + "-auth",
                        "container " + SECOND_STEM + "-tester");
        fixture.engine.forget();

        stop(selector(SHOP, FIRST));

        assertThat(fixture.engine.changes()).allMatch(change -> change.contains(FIRST_STEM));
        assertThat(fixture.engine.names()).allMatch(name -> name.contains(SECOND_STEM));
    }

    @Test
    void aFleetOfTheSameNameElsewhereIsAnother() throws InterruptedException {
        start(fleet(SHOP, Lifetime.DETACHED, FIRST));
        start(fleet(OTHERS_SHOP, Lifetime.DETACHED, SECOND));

        stop(selector(SHOP, FIRST));

        assertThat(fixture.engine.names()).isNotEmpty().allMatch(name -> name.contains("shop-01234567"));
        stop(selector(SHOP, FIRST));
        assertThat(fixture.lines.all()).last().asString().contains("Other fleets: shop (/home/bob/shop, detached)");
    }

    @Test
    void aBuildJoinsTheDetachedFleetOfItsProject() throws InterruptedException {
        start(fleet(SHOP, Lifetime.DETACHED, FIRST));
        fixture.engine.forget();

        FleetSpec claimed = facade().claim(fleet(SHOP, Lifetime.BUILD, SECOND));
        facade().start(claimed);

        assertThat(claimed.id().lifetime()).isEqualTo(Lifetime.DETACHED);
        assertThat(fixture.engine.changes()).noneMatch(change -> change.startsWith("create"));
        facade().end(fleet(SHOP, Lifetime.BUILD, SECOND).id(), claimed.timeouts(), RESULTS);
        assertThat(fixture.engine.names()).as("it ends by stop alone").isNotEmpty();
    }

    @Test
    void whatEndsWithABuildEndsOnce() throws InterruptedException {
        FleetSpec spec = fleet(SHOP, Lifetime.BUILD, FIRST);
        start(spec);
        start(fleet(SHOP, Lifetime.BUILD, SECOND));

        facade().end(spec.id(), spec.timeouts(), RESULTS);

        assertThat(fixture.engine.names()).allMatch(name -> name.contains(SECOND_STEM));
        fixture.engine.forget();
        facade().end(spec.id(), spec.timeouts(), RESULTS);
        assertThat(fixture.engine.changes()).isEmpty();
    }

    @Test
    void aWatchdogRemovesWhatItsBuildHasAndNothingElse() throws InterruptedException {
        start(fleet(SHOP, Lifetime.BUILD, FIRST));
        start(fleet(OTHERS_SHOP, Lifetime.BUILD, FIRST));
        start(fleet(SHOP, Lifetime.BUILD, SECOND));
        fixture.engine.forget();

        assertThat(facade().removeAllOf(FIRST)).isTrue();

        assertThat(fixture.engine.changes())
                .as("nobody is there to wait for agents to end")
                .noneMatch(change -> change.startsWith("stop container " + FIRST_STEM + "-tester"));
        assertThat(fixture.engine.names()).isNotEmpty().allMatch(name -> name.contains(SECOND_STEM));
        assertThat(facade().removeAllOf(FIRST)).isFalse();
    }

    @Test
    void aStartSweepsWhatADeadBuildHasLeftBehind() throws InterruptedException {
        start(fleet(OTHERS_SHOP, Lifetime.BUILD, FIRST));
        liveness = Liveness.DEAD;

        start(fleet(SHOP, Lifetime.BUILD, SECOND));

        assertThat(fixture.engine.names()).isNotEmpty().allMatch(name -> name.contains(SECOND_STEM));
        assertThat(fixture.lines.all())
                .contains("info:  Removed orphaned fleet shop (/home/bob/shop, of the build with process id 4711,"
                        + " which is over): 2 containers");
    }

    /** Case of a container that waits for files, which its build could not upload before it died. */
    @Test
    void aContainerThatStartsAgainAndAgainIsNotTakenForASignInThatWaits() throws InterruptedException {
        String others = stem(OTHERS_SHOP, FIRST);
        start(fleet(OTHERS_SHOP, Lifetime.BUILD, FIRST));
        fixture.engine
                .containers()
                .remove(fixture.engine.named(others + "-tester").id());
        made(fixture.engine.named(others + "-auth"), FakeEngine.STARTED.minus(Duration.ofMinutes(20)));
        liveness = Liveness.DEAD;

        start(fleet(SHOP, Lifetime.BUILD, SECOND));

        assertThat(fixture.engine.names()).isNotEmpty().allMatch(name -> name.contains(SECOND_STEM));
    }

    private void made(ContainerObservation one, Instant at) {
        fixture.engine.put(new ContainerObservation(
                one.id(),
                one.name(),
                one.labels(),
                one.image(),
                one.imageId(),
                one.state(),
                one.exitCode(),
                Optional.of(at),
                one.startedAt(),
                one.finishedAt(),
                one.outOfMemory()));
    }

    @Test
    void aBuildInAContainerIsOverWithThat() throws InterruptedException {
        String job = job();
        fixture.cli.livesIn(job);
        startIn(job);

        stop(selector(SHOP, SECOND));
        assertThat(containers()).as("as long as it is up").hasSize(3);
        fixture.engine.containers().remove(job);
        stop(selector(SHOP, SECOND));

        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void aContainerThatHasEndedIsOverToo() throws InterruptedException {
        String job = job();
        fixture.cli.livesIn(job);
        startIn(job);

        fixture.engine.containers().stop(job, Duration.ZERO);
        stop(selector(SHOP, SECOND));

        assertThat(containers()).containsExactly("container job");
    }

    @Test
    void aContainerThatWasStartedAnewTookTheBuildAlong() throws InterruptedException {
        FleetSpec spec = fleet(OTHERS_SHOP, Lifetime.BUILD, FIRST);
        FleetId before = spec.id().madeIn(job() + " " + FakeEngine.STARTED.minusSeconds(1));
        liveness = Liveness.UNKNOWN;
        facade().start(spec.withId(before));

        stop(selector(SHOP, SECOND));

        assertThat(containers()).containsExactly("container job");
    }

    /** Case of a sidecar: it has the mounts of the other container, which a process uses to find its own container. */
    @Test
    void aContainerWhoseNetworkABuildSharesIsNotTakenForItsOwn() throws InterruptedException {
        String sidecar = job();
        startIn(sidecar);

        fixture.engine.containers().remove(sidecar);
        stop(selector(SHOP, SECOND));

        assertThat(containers()).hasSize(2);
    }

    @Test
    void anEngineThatNeverKnewABuildsContainerCanNotMissIt() throws InterruptedException {
        startIn("another engine's");

        stop(selector(SHOP, SECOND));

        assertThat(containers()).hasSize(2);
    }

    @Test
    void evenALoneNetworkIsSwept() throws InterruptedException {
        FleetId dead = fleet(SHOP, Lifetime.BUILD, FIRST).id();
        fixture.engine.networks().create(new NetworkRequest(FIRST_STEM, dead.labels()));
        liveness = Liveness.DEAD;

        stop(selector(SHOP, SECOND));

        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void whatMayBeAliveIsNotSweptAndDetachedFleetsNever() throws InterruptedException {
        start(fleet(SHOP, Lifetime.BUILD, FIRST));
        liveness = Liveness.UNKNOWN;
        start(fleet(OTHERS_SHOP, Lifetime.DETACHED, FIRST));
        List<String> before = fixture.engine.names();
        liveness = Liveness.DEAD;
        fixture.engine.failing("stop container " + FIRST_STEM);

        liveness = Liveness.UNKNOWN;
        stop(selector(new Project("eeeeeeeeeeee", "/elsewhere"), SECOND));

        assertThat(fixture.engine.names()).isEqualTo(before);
    }

    @Test
    void whatCanNotBeSweptKeepsNobodyFromStarting() throws InterruptedException {
        start(fleet(OTHERS_SHOP, Lifetime.BUILD, FIRST));
        liveness = Liveness.DEAD;
        fixture.engine.failing("stop container " + stem(OTHERS_SHOP, FIRST) + "-tester");

        start(fleet(SHOP, Lifetime.BUILD, SECOND));

        assertThat(containers()).contains("container " + SECOND_STEM + "-tester");
        assertThat(fixture.lines.all()).anyMatch(line -> line.startsWith("warn:  Could not remove orphaned fleet"));
    }

    @Test
    void aSignInThatWaitsIsNotSwept() throws InterruptedException {
        facade().auth(fixture.withToken()
                .toSpec()
                .withId(fleet(OTHERS_SHOP, Lifetime.BUILD, FIRST).id()));
        liveness = Liveness.DEAD;

        start(fleet(SHOP, Lifetime.BUILD, SECOND));

        assertThat(containers()).contains("container " + stem(OTHERS_SHOP, FIRST) + "-auth");
    }

    @Test
    void whoHasNoProjectFindsAFleetByItsNameAsLongAsThereIsOneOfThat() throws InterruptedException {
        start(fleet(SHOP, Lifetime.DETACHED, FIRST));
        FleetSelector anywhere = new FleetSelector(
                fleet(new Project("eeeeeeeeeeee", "/tmp"), Lifetime.DETACHED, SECOND)
                        .id(),
                true,
                false);
        assertThat(facade().status(anywhere)).hasSize(2);

        start(fleet(OTHERS_SHOP, Lifetime.DETACHED, FIRST));

        InvalidSpecException refusal =
                catchThrowableOfType(InvalidSpecException.class, () -> facade().stop(anywhere, timeouts(), RESULTS));
        assertThat(refusal)
                .hasMessage("name \"shop\" is the name of several fleets: shop (/home/ann/shop, detached),"
                        + " shop (/home/bob/shop, detached)");
        assertThat(containers()).hasSize(4);
    }

    @Test
    void allProjectsFleetsOfANameAreStoppedOnRequestAlone() throws InterruptedException {
        start(fleet(SHOP, Lifetime.BUILD, FIRST));
        start(fleet(OTHERS_SHOP, Lifetime.DETACHED, FIRST));
        FleetId mine = fleet(SHOP, Lifetime.DETACHED, SECOND).id();

        stop(new FleetSelector(mine, false, false));
        assertThat(containers()).hasSize(4);
        stop(new FleetSelector(mine, false, true));

        assertThat(fixture.engine.names()).isEmpty();
    }

    @Test
    void theFleetOfABuildThatIsUnderWayCanBeLookedAt() throws InterruptedException {
        start(fleet(SHOP, Lifetime.BUILD, FIRST));

        assertThat(facade().status(selector(SHOP, SECOND))).hasSize(2);
    }

    @Test
    void aWorkspaceOfItsOwnIsOneAgentsAlone() throws InterruptedException {
        FleetSpec first = fleet(SHOP, Lifetime.BUILD, FIRST, fixture.agentWithCopy("tester", folder.resolve("root")));
        start(first);

        assertThatThrownBy(() -> start(
                        fleet(SHOP, Lifetime.BUILD, SECOND, fixture.agentWithCopy("tester", folder.resolve("root")))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage(
                        "workspace of agent tester is in use by fleet shop (/home/ann/shop, of the build with process id"
                                + " 4711, which is under way)");
        assertThat(containers()).hasSize(2);
    }

    @Test
    void aBuildWhoseSignInIsLeftWaitingLeavesItsFleet() {
        FleetSpec spec = fixture.withoutLogin("tester")
                .signIn(Shop.signIn(Unattended.FAIL))
                .toSpec()
                .withId(fleet(SHOP, Lifetime.BUILD, FIRST).id());

        assertThat(facade().claim(spec).id().lifetime()).isEqualTo(Lifetime.DETACHED);
        fixture.signIn();
        assertThat(facade().claim(spec).id().lifetime()).isEqualTo(Lifetime.BUILD);
    }

    @Test
    void whatTheEngineMadeAndDidNotSayIsTakenBack() {
        AtomicBoolean done = new AtomicBoolean();
        fixture.engine.before(change -> {
            if (change.startsWith("create container " + FIRST_STEM + "-tester") && !done.getAndSet(true)) {
                ContainerRequest auth = fixture.engine.requestFor(FIRST_STEM + "-auth");
                fixture.engine.containers().create(named(auth, FIRST_STEM + "-tester"));
                throw new EngineException(EngineException.Kind.TIMED_OUT, change, "no answer within 60s", "", null);
            }
        });

        assertThatThrownBy(() -> start(fleet(SHOP, Lifetime.BUILD, FIRST)))
                .hasMessageContaining("no answer within 60s");

        assertThat(fixture.engine.names()).isEmpty();
    }

    /** Starts a fleet from a build whose process is visible only inside this container. */
    private void startIn(String container) throws InterruptedException {
        liveness = Liveness.UNKNOWN;
        facade().start(facade().claim(fleet(OTHERS_SHOP, Lifetime.BUILD, FIRST), Optional.of(container)));
    }

    private String job() throws InterruptedException {
        start(fleet(SHOP, Lifetime.BUILD, FIRST));
        ContainerRequest any = fixture.engine.requestFor(FIRST_STEM + "-auth");
        stop(selector(SHOP, FIRST));
        String id = fixture.engine.containers().create(named(any, "job", Collections.emptySortedMap()));
        fixture.engine.containers().start(id);
        return id;
    }

    private static ContainerRequest named(ContainerRequest request, String name) {
        return named(request, name, request.labels());
    }

    private static ContainerRequest named(ContainerRequest request, String name, SortedMap<String, String> labels) {
        return new ContainerRequest(
                name,
                request.image(),
                request.user(),
                request.command(),
                request.environment(),
                labels,
                request.mounts(),
                request.workingDirectory(),
                request.network(),
                request.limits(),
                request.hardening(),
                request.lifecycle());
    }

    private static String stem(Project project, String build) {
        return "claude-fleet-shop-"
                + new FleetId(new FleetName("shop"), project, Lifetime.BUILD, new BuildIdentity(build, OWNER.toText()))
                        .token();
    }

    private Fleet facade() {
        return fixture.fleet(owner -> liveness);
    }

    private void start(FleetSpec spec) throws InterruptedException {
        facade().start(spec);
    }

    private void stop(FleetSelector selector) throws InterruptedException {
        facade().stop(selector, timeouts(), RESULTS);
    }

    private FleetTimeouts timeouts() {
        return fixture.withToken().toSpec().timeouts();
    }

    private List<String> containers() {
        return fixture.engine.names().stream()
                .filter(name -> name.startsWith("container"))
                .toList();
    }

    private FleetSpec fleet(Project project, Lifetime lifetime, String build) {
        return fleet(project, lifetime, build, fixture.agent("tester"));
    }

    private FleetSpec fleet(Project project, Lifetime lifetime, String build, AgentBuilder agent) {
        FleetSpec spec = fixture.withToken()
                .agent(agent)
                .credential(LoginMode.TOKEN, Shop.credential("t0ken"))
                .toSpec();
        return spec.withId(new FleetId(spec.name(), project, lifetime, new BuildIdentity(build, OWNER.toText())));
    }

    private FleetSelector selector(Project project, String build) {
        return new FleetSelector(fleet(project, Lifetime.DETACHED, build).id(), false, false);
    }
}
