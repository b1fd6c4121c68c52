package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.TimestampedLog;
import io.github.claudefleet.converge.AgentNotReadyException;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.doctor.Finding;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engines.Engines;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.gateway.GatewayImage;
import io.github.claudefleet.it.PodNetwork;
import io.github.claudefleet.it.TestNetworkPlugin;
import io.github.claudefleet.it.ThrowawayKubernetes;
import io.github.claudefleet.plan.Role;
import io.github.claudefleet.runtime.BundledImage;
import io.github.claudefleet.spec.AgentBuilder;
import io.github.claudefleet.spec.BuildIdentity;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FenceUse;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Project;
import io.github.claudefleet.spec.PullPolicy;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.standin.AnthropicStandIn;
import io.github.claudefleet.standin.StandInOptions;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gateways on a real cluster that enforces no policies, and with a test that enforces them, with the real CLI and the
 * stand-in. That listens on the address of the node, which pods reach.
 */
@EnabledIfSystemProperty(named = "it.kubernetes", matches = ".+")
@Timeout(600)
class KubernetesGatewayIT {

    private static final String NAMESPACE = "team";
    private static final Duration EXEC_LIMIT = Duration.ofMinutes(2);
    private static final String SECRET = "sk-ant-api03-standin.fenced";

    /** Asks the gateway for a host that no rule allows, as programs of an agent would. */
    private static final String ASK =
            "printf 'CONNECT nowhere.invalid:443 HTTP/1.1\\r\\n\\r\\n' | $R/ld.so --library-path"
                    + " $R/lib $R/socat -t 5 - ";

    private static final String BY_THE_RELAY = "R=/claude-fleet/relay; " + ASK + "TCP4:127.0.0.1:3128";

    /** Calls on the gateway's port in another way than the relay. */
    private static final String BY_TLS =
            "R=/claude-fleet/relay; G=/claude-fleet/gateway; read -r address port <$G/address; " + ASK
                    + "OPENSSL:$address:$port,cafile=$G/ca.pem,commonname=claude-fleet-gateway";

    private static ThrowawayKubernetes cluster;
    private static PodNetwork network;
    private static AnthropicStandIn standIn;
    private static String image;
    private static String gatewayImage;
    private static int builds;

    @TempDir
    private Path folder;

    private ContainerEngine engine;
    private Fleet fleet;

    @BeforeAll
    static void create() throws IOException, InterruptedException {
        gatewayImage = GatewayImage.ensure();
        try (ContainerEngine shared =
                DockerEngines.connect(Optional.empty(), System.getenv(), HomeDirectory.at(Path.of("/nowhere")))) {
            image = BundledImage.on(shared);
        }
        cluster = ThrowawayKubernetes.create();
        network = PodNetwork.of(cluster);
        cluster.load(image);
        cluster.load(gatewayImage);
        cluster.createNamespace(NAMESPACE);
        KubernetesFixture.grant(cluster, NAMESPACE);
        standIn = AnthropicStandIn.start(new StandInOptions(node(), 0, -1, null));
    }

    /** Returns the node's address in the pods' network. */
    private static String node() throws IOException {
        return NetworkInterface.getByName(cluster.cgroup())
                .inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElseThrow()
                .getHostAddress();
    }

    @AfterAll
    static void close() throws IOException {
        if (network != null) {
            network.close();
        }
        if (standIn != null) {
            standIn.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void connect() {
        engine = Engines.connect(
                Optional.of("kubernetes"),
                Map.of(
                        "KUBECONFIG",
                        cluster.kubeconfig(ThrowawayKubernetes.DEVELOPER).toString()),
                HomeDirectory.at(folder),
                Duration.ofSeconds(20),
                warning -> {},
                new ClusterSpec(
                        Optional.of(NAMESPACE),
                        List.of(),
                        ClusterSpec.DEFAULT.nodeSelector(),
                        List.of(),
                        ClusterSpec.Requests.NONE,
                        ClusterSpec.DEFAULT.labels(),
                        Optional.empty(),
                        PullPolicy.MISSING));
        fleet = new Fleet(
                engine,
                LoginContext.nonInteractive(),
                new ConsoleListeners(new TimestampedLog(System.out)),
                HomeDirectory.at(folder));
    }

    @AfterEach
    void removeAll() throws IOException, InterruptedException {
        engine.close();
        cluster.kubectl(
                "delete",
                "jobs,pods,secrets,networkpolicies",
                "--namespace=" + NAMESPACE,
                "--selector=io.github.claudefleet.fleet");
    }

    @Test
    void aClusterThatEnforcesNothingIsRefused() throws Exception {
        FleetSpec spec = fleet.claim(fenced(FenceUse.REQUIRED).toSpec());

        AgentNotReadyException refusal = catchThrowableOfType(AgentNotReadyException.class, () -> fleet.start(spec));

        assertThat(refusal.getMessage())
                .contains("does not enforce its network policies: use a network plugin that does, or set egress.fence"
                        + " to optional")
                .contains(":3130");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void agentsWorkThroughTheirGatewayWhereTheFenceIsOptional() throws Exception {
        FleetSpec spec = fleet.claim(fenced(FenceUse.OPTIONAL)
                .agent(agent("free").egress(EgressSpec.of(EgressMode.AUDIT).withFence(FenceUse.OPTIONAL)))
                .toSpec());

        List<Readiness> ready = fleet.start(spec, folder.resolve("results"));

        assertThat(ready).hasSize(3).allMatch(Readiness::isReady);
        String idle = pod(spec, "idle").id();
        assertThat(exec(idle, "claude -p 'Say yes'").output().strip()).isEqualTo("yes");
        assertThat(exec(idle, BY_THE_RELAY).output())
                .contains("403 claude-fleet refused nowhere.invalid:443 for agent idle");
        assertThat(exec(pod(spec, "free").id(), BY_THE_RELAY).output()).doesNotContain("403");
        assertThat(exec(idle, BY_TLS + ",cert=/claude-fleet/gateway-key/key.pem")
                        .output())
                .contains("for agent idle");
        assertThat(exec(idle, BY_TLS).output()).as("without a key").doesNotContain("HTTP/1.1");
        assertThat(exec(idle, "cat /claude-fleet/gateway-key/* | grep -c BEGIN")
                        .output()
                        .strip())
                .as("one key, its certificate and the authority's")
                .isEqualTo("3");
        assertThat(exec(idle, "env; cat /proc/*/environ /claude-fleet/secrets/* 2>/dev/null")
                        .output())
                .doesNotContain(SECRET);
        assertThat(fleet.doctor(spec, Map.of()))
                .filteredOn(finding -> finding.check().startsWith("fence of"))
                .hasSize(3)
                .allMatch(finding -> finding.outcome() == Finding.Outcome.WARN);

        FleetReport report = fleet.await(spec, folder.resolve("results"));

        assertThat(report.tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.outcome()).as(task.reason()).isEqualTo(Outcome.DONE));
        List<String> before = uids(spec);
        fleet.start(spec, folder.resolve("results"));
        assertThat(uids(spec)).isEqualTo(before);

        fleet.stop(new FleetSelector(spec.id(), false, false), FleetTimeouts.DEFAULT, folder.resolve("results"));

        assertThat(leftovers()).isEmpty();
    }

    @Test
    void anAgentProvesAFenceThatIsLate() throws Exception {
        FleetSpec spec = fleet.claim(fenced(FenceUse.REQUIRED).toSpec());
        try (TestNetworkPlugin plugin = new TestNetworkPlugin(cluster, NAMESPACE).start()) {
            List<Readiness> ready = fleet.start(spec, folder.resolve("results"));

            assertThat(ready).hasSize(2).allMatch(Readiness::isReady);
            assertThat(plugin.pods()).isEqualTo(2);
            String idle = pod(spec, "idle").id();
            assertThat(exec(idle, "claude -p 'Say yes'").output().strip()).isEqualTo("yes");
            assertThat(exec(
                                    idle,
                                    "R=/claude-fleet/relay; $R/ld.so --library-path $R/lib $R/socat -u OPEN:/dev/null TCP4:"
                                            + standIn.http().getAuthority() + ",connect-timeout=3")
                            .succeeded())
                    .as("reaches the model's API without its gateway")
                    .isFalse();
            assertThat(fleet.doctor(spec, Map.of()))
                    .filteredOn(finding -> finding.check().startsWith("fence of"))
                    .isNotEmpty()
                    .allMatch(finding -> finding.outcome() == Finding.Outcome.PASS);
        }
    }

    private FleetBuilder fenced(FenceUse fence) {
        return FleetBuilder.of(id(), new ContainerUser(1000, 1000), HomeDirectory.at(folder))
                .agent(agent("worker").prompt("Say yes"))
                .agent(agent("idle"))
                .image(new ImageSpec.Named(image, PullPolicy.MISSING))
                .gatewayImage(new ImageSpec.Named(gatewayImage, PullPolicy.MISSING))
                .egress(EgressSpec.DEFAULT.withFence(fence))
                .environment(Map.of("ANTHROPIC_BASE_URL", standIn.http().toString()))
                .credential(LoginMode.API_KEY, Shop.credential(SECRET));
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
                new BuildIdentity("f0f0f0f0" + (++builds), "somebody"));
    }

    private ContainerObservation pod(FleetSpec spec, String name) {
        return engine.containers().list(LabelSelector.of(spec.id())).stream()
                .filter(container -> Role.nameOf(container).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no pod of " + name));
    }

    private ExecResult exec(String pod, String script) {
        return engine.processes().run(ExecRequest.of(pod, "sh", "-c", script), EXEC_LIMIT);
    }

    private List<String> uids(FleetSpec spec) {
        return engine.containers().list(LabelSelector.of(spec.id())).stream()
                .map(container -> container.id() + " " + container.createdAt())
                .toList();
    }

    /** Returns the names of all objects of fleets in the namespace. */
    private static List<String> leftovers() throws IOException, InterruptedException {
        return cluster.kubectl(
                        "get",
                        "jobs,pods,secrets,networkpolicies",
                        "--namespace=" + NAMESPACE,
                        "--selector=io.github.claudefleet.fleet",
                        "--output=name")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
