package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.TimestampedLog;
import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.doctor.Finding;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engines.Engines;
import io.github.claudefleet.fleet.AgentStatus;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.it.ThrowawayKubernetes;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.runtime.BundledImage;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.BuildIdentity;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Project;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.standin.StandInExtension;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fleets on a real cluster, with the real CLI and the stand-in, as a user with the rights of the documentation. Pods share
 * this machine's network, on whose loopback the stand-in is.
 */
@EnabledIfSystemProperty(named = "it.kubernetes", matches = ".+")
@Timeout(900)
class KubernetesFleetIT {

    private static final String NAMESPACE = "team";
    private static final String ON_THIS_MACHINE = "spec: {hostNetwork: true}";
    private static final Duration EXEC_LIMIT = Duration.ofMinutes(2);
    private static final String SECRET = "sk-ant-oat01-standin.cluster.setup";

    @RegisterExtension
    private static final StandInExtension STAND_IN = new StandInExtension();

    private static ThrowawayKubernetes cluster;
    private static String image;
    private static int builds;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private ContainerEngine engine;
    private Fleet fleet;

    @BeforeAll
    static void create() throws IOException, InterruptedException {
        try (ContainerEngine shared =
                DockerEngines.connect(Optional.empty(), System.getenv(), HomeDirectory.at(Path.of("/nowhere")))) {
            image = BundledImage.on(shared);
        }
        cluster = ThrowawayKubernetes.create();
        cluster.load(image);
        cluster.createNamespace(NAMESPACE);
        KubernetesFixture.grant(cluster, NAMESPACE);
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void connect() {
        engine = engine();
        fleet = fleet(engine);
    }

    @AfterEach
    void removeAll() throws IOException, InterruptedException {
        threads.shutdownNow();
        engine.close();
        cluster.kubectl(
                "delete", "jobs,pods,secrets", "--namespace=" + NAMESPACE, "--selector=io.github.claudefleet.fleet");
    }

    @Test
    void aFleetOfTwoAgentsWorksWithATokenFromItsStartToItsStop() throws Exception {
        FleetSpec spec = fleet.claim(tokenFleet().toSpec());

        List<Readiness> ready = fleet.start(spec, folder.resolve("results"));

        assertThat(ready).hasSize(2).allMatch(Readiness::isReady);
        String idle = pod(spec, "idle").id();
        assertThat(exec(idle, "claude", "-p", "Say yes").output().strip()).isEqualTo("yes");
        assertThat(exec(idle, "sh", "-c", "pwd; echo x >file && cat file")
                        .output()
                        .strip())
                .isEqualTo("/tmp\nx");
        assertThat(exec(idle, "sh", "-c", "echo x >>/claude-fleet/secrets/.credentials.json")
                        .succeeded())
                .as("an agent writes its login")
                .isFalse();
        assertThat(exec(idle, "env").output()).doesNotContain(SECRET);
        assertThat(fleet.status(selector(spec)))
                .extracting(AgentStatus::agent)
                .containsExactly("auth", "idle", "worker");

        FleetReport report = fleet.await(spec, folder.resolve("results"));

        assertThat(report.tasks()).singleElement().satisfies(task -> {
            assertThat(task.outcome()).as(task.reason()).isEqualTo(Outcome.DONE);
            assertThat(task.answer().text()).contains("yes");
        });
        assertThat(nothingChangesBy(() -> fleet.start(spec, folder.resolve("results")), spec))
                .isTrue();
        assertThat(findings(spec)).extracting(Finding::outcome).doesNotContain(Finding.Outcome.FAIL);

        fleet.stop(selector(spec), FleetTimeouts.DEFAULT, folder.resolve("results"));

        assertThat(leftovers()).isEmpty();
        assertThat(STAND_IN.control().requests("cluster")).anyMatch(request -> request.status() == 200);
    }

    @Test
    void aRoundHasItsPromptInThePodItself() throws Exception {
        FleetSpec spec = fleet.claim(FleetBuilder.of(id(), new ContainerUser(1000, 1000), HomeDirectory.at(folder))
                .agent(agent("worker")
                        .prompt("Say yes")
                        .check(CheckSpec.of("test -e /tmp/checked || { touch /tmp/checked; false; }")
                                .withRounds(1)))
                .image(new ImageSpec.Named(image, PullPolicy.MISSING))
                .egress(EgressSpec.OPEN)
                .environment(Map.of("ANTHROPIC_BASE_URL", STAND_IN.address()))
                .credential(LoginMode.TOKEN, Shop.credential(SECRET))
                .toSpec());

        fleet.start(spec, folder.resolve("results"));
        FleetReport report = fleet.await(spec, folder.resolve("results"));

        TaskReport task = report.tasks().get(0);
        assertThat(task.outcome()).as(task.reason()).isEqualTo(Outcome.DONE);
        assertThat(exec(pod(spec, "worker").id(), "ls", "/tmp/claude-fleet/inbox/prompts")
                        .output()
                        .strip())
                .matches("worker-round-2-\\w+\\.md");
    }

    @Test
    void anAgentHasAnApiKey() throws Exception {
        FleetSpec spec = fleet.claim(FleetBuilder.of(id(), new ContainerUser(1000, 1000), HomeDirectory.at(folder))
                .agent(agent("idle"))
                .image(new ImageSpec.Named(image, PullPolicy.MISSING))
                .egress(EgressSpec.OPEN)
                .environment(Map.of("ANTHROPIC_BASE_URL", STAND_IN.address()))
                .credential(LoginMode.API_KEY, Shop.credential("sk-ant-api03-standin.cluster"))
                .toSpec());

        fleet.start(spec);

        assertThat(exec(pod(spec, "idle").id(), "claude", "-p", "Say yes")
                        .output()
                        .strip())
                .isEqualTo("yes");
    }

    @Test
    void aKeeperThatIsKilledIsStartedAgainWithItsKit() throws Exception {
        FleetSpec spec = fleet.claim(tokenFleet().toSpec());
        fleet.auth(spec);
        String keeper = pod(spec, "auth").id();

        exec(
                keeper,
                "sh",
                "-c",
                // It ends with the container, so that it must not wait for itself, and its own text must not match.
                "(sleep 1; for p in /proc/[0-9]*; do ! grep -q kit/keepe[r] $p/cmdline || kill -KILL ${p##*/}; done)"
                        + " >/dev/null 2>&1 &");

        KubernetesFixture.await("the keeper is started again", () -> restarts(keeper) > 0);
        KubernetesFixture.await("it runs", () -> pod(spec, "auth").state() == ContainerState.RUNNING);
        KubernetesFixture.await(
                "it keeps",
                () -> exec(keeper, "cat", "/claude-fleet/kit/state/keeper")
                        .output()
                        .contains("keeping"));
        assertThat(exec(keeper, "test", "-s", "/claude-fleet/secrets/.credentials.json")
                        .succeeded())
                .isTrue();
    }

    @Test
    void aFleetWhoseBuildIsKilledIsGoneWithinFiveMinutes() throws Exception {
        FleetSpec spec = fleet.claim(tokenFleet().toSpec());
        fleet.start(spec, folder.resolve("results"));

        engine.close();

        Duration took = KubernetesFixture.await("all is gone", () -> leftovers().isEmpty());
        System.out.println("kubernetes: the end of a fleet whose connection is gone: " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void twoBuildsAtOnceHaveFleetsOfTheirOwn() throws Exception {
        FleetSpec first = fleet.claim(idleFleet());
        FleetSpec second = fleet.claim(idleFleet());
        try (ContainerEngine neighbour = engine()) {
            Future<List<Readiness>> other =
                    threads.submit(() -> fleet(neighbour).start(second));
            assertThat(fleet.start(first)).hasSize(1).allMatch(Readiness::isReady);
            assertThat(other.get()).hasSize(1).allMatch(Readiness::isReady);

            fleet.stop(selector(first), FleetTimeouts.DEFAULT, folder.resolve("results"));

            assertThat(leftovers()).isNotEmpty();
            assertThat(engine.containers().list(LabelSelector.of(first.id()))).isEmpty();
            assertThat(exec(pod(second, "idle").id(), "claude", "-p", "Say yes")
                            .output()
                            .strip())
                    .isEqualTo("yes");
            fleet.stop(selector(second), FleetTimeouts.DEFAULT, folder.resolve("results"));
        }
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aFleetWhoseNamespaceIsDeletedIsStoppedAndNoneIsStartedThere() throws Exception {
        cluster.createNamespace("passing");
        KubernetesFixture.grant(cluster, "passing");
        try (ContainerEngine there = engine("passing")) {
            FleetSpec spec = fleet(there).claim(idleFleet());
            KubernetesFixture.await(
                    "all rights are there", () -> there.rights(false).stream().allMatch(right -> right.granted()));
            fleet(there).start(spec);
            // Something that stays keeps the namespace in its last state.
            cluster.kubectl(
                    "patch",
                    "rolebinding",
                    "claude-fleet",
                    "--namespace=passing",
                    "--patch={\"metadata\":{\"finalizers\":[\"example.org/stay\"]}}");
            cluster.kubectl("delete", "namespace", "passing", "--wait=false");

            ConvergeException refusal = catchThrowableOfType(
                    ConvergeException.class, () -> fleet(there).start(idleFleet()));
            fleet(there).stop(selector(spec), FleetTimeouts.DEFAULT, folder.resolve("results"));

            assertThat(refusal).hasMessageContaining("is being terminated");
            assertThat(refusal)
                    .cause()
                    .asInstanceOf(InstanceOfAssertFactories.type(EngineException.class))
                    .satisfies(cause -> assertThat(cause.suggestion())
                            .hasValueSatisfying(next -> assertThat(next)
                                    .startsWith("The namespace passing is being deleted: configure another")));
            assertThat(there.containers().list(LabelSelector.of(spec.id()))).isEmpty();
        } finally {
            cluster.kubectl(
                    "patch",
                    "rolebinding",
                    "claude-fleet",
                    "--namespace=passing",
                    "--type=json",
                    "--patch=[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]");
        }
    }

    @Test
    void aGatewayWithoutAnImageIsRefusedBeforeAnythingIsCreated() throws Exception {
        FleetSpec spec = tokenFleet().egress(EgressSpec.DEFAULT).toSpec();

        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> fleet.start(spec));

        assertThat(refusal)
                .hasMessage("egress.image is left out, so that the fleet needs image builds, which the engine at"
                        + " kubernetes:?namespace=team does not have");
        assertThat(refusal.suggestion()).startsWith("Set it to an image of the gateway that the engine can pull");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void theDoctorNamesTheRightThatIsMissing() throws Exception {
        cluster.createNamespace("poor");
        try (ContainerEngine poor = Engines.connect(
                Optional.of("kubernetes:?namespace=poor"),
                environment(),
                HomeDirectory.at(folder),
                Duration.ofSeconds(20),
                warning -> {},
                ClusterSpec.DEFAULT)) {
            KubernetesFixture.grant(cluster, "poor");
            assertThat(poor.rights(false)).hasSize(21);
            KubernetesFixture.await(
                    "all rights are there", () -> poor.rights(false).stream().allMatch(right -> right.granted()));
            cluster.kubectl(
                    "patch",
                    "role",
                    "claude-fleet",
                    "--namespace=poor",
                    "--type=json",
                    "--patch=[{\"op\": \"remove\", \"path\": \"/rules/2\"}]");

            KubernetesFixture.await(
                    "the right is gone", () -> poor.rights(false).stream().anyMatch(right -> !right.granted()));
            assertThat(poor.rights(false).stream()
                            .filter(right -> !right.granted())
                            .map(right -> right.text()))
                    .containsExactly("create pods/exec in namespace poor", "get pods/exec in namespace poor");
        }
    }

    private FleetSpec idleFleet() {
        return FleetBuilder.of(id(), new ContainerUser(1000, 1000), HomeDirectory.at(folder))
                .agent(agent("idle"))
                .image(new ImageSpec.Named(image, PullPolicy.MISSING))
                .egress(EgressSpec.OPEN)
                .environment(Map.of("ANTHROPIC_BASE_URL", STAND_IN.address()))
                .credential(LoginMode.TOKEN, Shop.credential(SECRET))
                .toSpec();
    }

    private FleetBuilder tokenFleet() {
        return FleetBuilder.of(id(), new ContainerUser(1000, 1000), HomeDirectory.at(folder))
                .agent(agent("worker").prompt("Say yes"))
                .agent(agent("idle"))
                .image(new ImageSpec.Named(image, PullPolicy.MISSING))
                .egress(EgressSpec.OPEN)
                .environment(Map.of("ANTHROPIC_BASE_URL", STAND_IN.address()))
                .credential(LoginMode.TOKEN, Shop.credential(SECRET));
    }

    private AgentBuilder agent(String name) {
        return AgentBuilder.named(name, folder).strategy(WorkspaceStrategy.NONE);
    }

    /** Returns the id of a fleet of a build of its own. */
    private static FleetId id() {
        return new FleetId(
                new FleetName("shop"),
                new Project("c0ffee00c0ff", "/home/ann/shop"),
                Lifetime.BUILD,
                new BuildIdentity("b0b0b0b0" + (++builds), "somebody"));
    }

    private ContainerEngine engine() {
        return engine(NAMESPACE);
    }

    private ContainerEngine engine(String namespace) {
        return Engines.connect(
                Optional.of("kubernetes"),
                environment(),
                HomeDirectory.at(folder),
                Duration.ofSeconds(20),
                warning -> {},
                new ClusterSpec(
                        Optional.of(namespace),
                        List.of(),
                        ClusterSpec.DEFAULT.nodeSelector(),
                        List.of(),
                        ClusterSpec.Requests.NONE,
                        ClusterSpec.DEFAULT.labels(),
                        Optional.of(ON_THIS_MACHINE),
                        PullPolicy.MISSING));
    }

    private static Map<String, String> environment() {
        return Map.of(
                "KUBECONFIG", cluster.kubeconfig(ThrowawayKubernetes.DEVELOPER).toString());
    }

    private Fleet fleet(ContainerEngine on) {
        return new Fleet(
                on,
                LoginContext.nonInteractive(),
                new ConsoleListeners(new TimestampedLog(System.out)),
                HomeDirectory.at(folder));
    }

    private static FleetSelector selector(FleetSpec spec) {
        return new FleetSelector(spec.id(), false, false);
    }

    private ContainerObservation pod(FleetSpec spec, String name) {
        return engine.containers().list(LabelSelector.of(spec.id())).stream()
                .filter(container -> Role.nameOf(container).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no pod of " + name));
    }

    private ExecResult exec(String pod, String... command) {
        return engine.processes().run(ExecRequest.of(pod, command), EXEC_LIMIT);
    }

    private List<Finding> findings(FleetSpec spec) {
        return fleet.doctor(spec, Map.of());
    }

    /** Work that may create pods. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private boolean nothingChangesBy(Work work, FleetSpec spec) throws InterruptedException {
        List<String> before = uids(spec);
        work.run();
        return uids(spec).equals(before);
    }

    private List<String> uids(FleetSpec spec) {
        return engine.containers().list(LabelSelector.of(spec.id())).stream()
                .map(container -> container.id() + " " + container.createdAt())
                .toList();
    }

    private static int restarts(String pod) throws IOException, InterruptedException {
        return Integer.parseInt(cluster.kubectl(
                "get",
                "pod",
                pod,
                "--namespace=" + NAMESPACE,
                "--output=jsonpath={.status.containerStatuses[0].restartCount}"));
    }

    /** Returns the names of all objects of fleets in the namespace. */
    private static List<String> leftovers() throws IOException, InterruptedException {
        return cluster.kubectl(
                        "get",
                        "jobs,pods,secrets",
                        "--namespace=" + NAMESPACE,
                        "--selector=io.github.claudefleet.fleet",
                        "--output=name")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
