package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.it.ThrowawayKubernetes;
import io.github.claudefleet.spec.ClusterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Real cluster with a namespace, and the adapter's parts, connected as a user with no more than the rights they need. */
final class KubernetesFixture implements AutoCloseable {

    static final String NAMESPACE = "team";
    static final Duration GENEROUS = Duration.ofMinutes(5);

    private static final Pattern PORT = Pattern.compile("https://127\\.0\\.0\\.1:(\\d+)");

    /** Role of the documentation. */
    private static final Path ROLE = Path.of("docs/kubernetes-role.yaml");

    final ThrowawayKubernetes cluster;
    final ClusterConnection connection;
    final FileVolumes volumes;
    final ClusterPods pods;
    final PodProcesses processes;
    final PodLogs logs;

    private KubernetesFixture(ThrowawayKubernetes cluster) {
        this.cluster = cluster;
        this.connection = connect(cluster.kubeconfig(ThrowawayKubernetes.DEVELOPER), NAMESPACE);
        this.volumes = new FileVolumes(connection, ObjectOwners.NONE);
        this.pods = pods(connection);
        this.processes = new PodProcesses(connection);
        this.logs = new PodLogs(connection);
    }

    static KubernetesFixture create() throws IOException, InterruptedException {
        ThrowawayKubernetes cluster = ThrowawayKubernetes.create();
        try {
            cluster.load(RequestFixture.IMAGE);
            cluster.createNamespace(NAMESPACE);
            grant(cluster, NAMESPACE);
            return new KubernetesFixture(cluster);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Gives the developer the rights of the documentation. */
    static void grant(ThrowawayKubernetes cluster, String namespace) throws IOException, InterruptedException {
        cluster.kubectl("apply", "--namespace=" + namespace, "--filename=" + ROLE.toAbsolutePath());
        cluster.kubectl(
                "create",
                "rolebinding",
                "claude-fleet",
                "--namespace=" + namespace,
                "--role=claude-fleet",
                "--user=" + ThrowawayKubernetes.DEVELOPER);
    }

    /** Returns the pods of a connection, which nothing owns. */
    static ClusterPods pods(ClusterConnection connection) {
        return new ClusterPods(
                connection,
                new FileVolumes(connection, ObjectOwners.NONE),
                ObjectOwners.NONE,
                new PodSettings(ClusterSpec.DEFAULT));
    }

    static ClusterConnection connect(Path kubeconfig, String namespace) {
        return ClusterConnection.open(kubeconfig, Optional.empty(), Optional.of(namespace), Duration.ofSeconds(20));
    }

    /** Returns a connection as the administrator. */
    ClusterConnection administrator(String namespace) {
        return connect(cluster.kubeconfig(ThrowawayKubernetes.ADMIN), namespace);
    }

    int port() throws IOException {
        Matcher address = PORT.matcher(Files.readString(cluster.kubeconfig(ThrowawayKubernetes.DEVELOPER)));
        if (!address.find()) {
            throw new AssertionError("the kubeconfig has no address");
        }
        return Integer.parseInt(address.group(1));
    }

    /** Returns a connection through a relay. */
    ClusterConnection through(CuttingRelay relay, Path directory) throws IOException {
        String text = Files.readString(cluster.kubeconfig(ThrowawayKubernetes.DEVELOPER));
        String relayed = PORT.matcher(text).replaceFirst("https://127.0.0.1:" + relay.port());
        return connect(Files.writeString(directory.resolve("kubeconfig"), relayed), NAMESPACE);
    }

    /** Creates a pod and waits until it runs. */
    String running(RequestFixture request) throws Exception {
        String id = pods.create(request.request());
        await(id + " runs", () -> is(id, ContainerState.RUNNING));
        return id;
    }

    /** Creates a pod and returns it when it has ended. */
    ContainerObservation ended(RequestFixture request) throws Exception {
        String id = pods.create(request.request());
        await(id + " ends", () -> is(id, ContainerState.EXITED));
        return pods.find(id).orElseThrow();
    }

    boolean is(String id, ContainerState state) {
        return pods.find(id)
                .map(ContainerObservation::state)
                .filter(state::equals)
                .isPresent();
    }

    /** Waits for a problem of a pod. */
    PodProblem problem(String id, PodProblem.Kind kind) throws Exception {
        await(
                id + " has the problem " + kind,
                () -> pods.diagnosis(id)
                        .map(PodProblem::kind)
                        .filter(kind::equals)
                        .isPresent());
        return pods.diagnosis(id).orElseThrow();
    }

    String exec(String id, String script) {
        return processes
                .run(ExecRequest.of(id, "sh", "-c", script), Duration.ofSeconds(60))
                .output()
                .strip();
    }

    /** Removes all pods of the namespace at once. */
    void removePods() throws IOException, InterruptedException {
        cluster.kubectl("delete", "pods", "--all", "--namespace=" + NAMESPACE, "--grace-period=0", "--force");
    }

    /** Waits until the condition holds, and returns the time that it took. */
    static Duration await(String what, Callable<Boolean> condition) throws Exception {
        Instant begin = Instant.now();
        while (!condition.call()) {
            if (Duration.between(begin, Instant.now()).compareTo(GENEROUS) > 0) {
                throw new AssertionError("waited in vain until " + what);
            }
            Thread.sleep(200);
        }
        return Duration.between(begin, Instant.now());
    }

    @Override
    public void close() {
        connection.close();
        cluster.close();
    }
}
