package io.github.claudefleet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Kubernetes cluster of one node, owned by a test, on an engine of its own: etcd, API server, controllers, scheduler and
 * kubelet, which bin/test builds. All of them listen on loopback, and their files are in the engine's directory. Needs
 * root. Closing it, or the end of this JVM, removes everything. One at a time runs on a machine.
 */
public final class ThrowawayKubernetes implements AutoCloseable {

    /** User who may do everything. */
    public static final String ADMIN = "admin";
    /** User without any right, to whom a test may bind a role. */
    public static final String DEVELOPER = "developer";
    /** The only node. The API server reaches kubelet by this name. */
    public static final String NODE = "localhost";

    /** Time after which the controllers take a node that is silent for lost, and then remove its pods. */
    public static final Duration NODE_GRACE = Duration.ofSeconds(12);

    private static final String PAUSE = "claude-fleet-test/pause:1";
    /** Those that a fleet depends on; the others would take processor time. */
    private static final String CONTROLLERS =
            "namespace,serviceaccount,serviceaccount-token,root-ca-cert-publisher,job,"
                    + "ttl-after-finished,garbagecollector,podgc,nodelifecycle,resourcequota,clusterrole-aggregation";

    private static final String FEATURES = "--feature-gates=TTLAfterFinished=true";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path programs;
    private final ClusterLock lock;
    private final ThrowawayEngine engine;
    private final ClusterFiles files;
    private final List<Integer> ports;
    private final ClusterApi api;
    private final KernelSettings kernel;
    private ClusterProcess etcd;
    private ClusterProcess apiServer;
    private ClusterProcess controllers;
    private ClusterProcess scheduler;
    private ClusterProcess kubelet;

    private ThrowawayKubernetes(Path programs, ClusterLock lock, ThrowawayEngine engine) throws IOException {
        this.programs = programs;
        this.lock = lock;
        this.engine = engine;
        this.files = new ClusterFiles(engine.directory().resolve("kubernetes"));
        this.ports = ClusterFiles.freePorts(4);
        this.kernel = KernelSettings.read();
        // The engine's own hook, which ends kubelet, may come later: it changes the settings at its start only.
        Runtime.getRuntime().addShutdownHook(new Thread(kernel::restore));
        this.api = new ClusterApi(files.certificate(), ports.get(2), ClusterFiles.token(ADMIN));
    }

    /** Creates an empty cluster and waits until its node is ready. */
    public static ThrowawayKubernetes create() throws IOException, InterruptedException {
        ClusterLock lock = ClusterLock.acquire();
        try {
            return create(lock);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static ThrowawayKubernetes create(ClusterLock lock) throws IOException, InterruptedException {
        Path programs = Path.of(ItProject.property("it.kubernetes"));
        Path runtime = Path.of("bin/lib/kubelet-runc").toAbsolutePath();
        ThrowawayEngine engine =
                ThrowawayEngine.create("--add-runtime=kubelet=" + runtime, "--default-runtime=kubelet");
        try {
            ThrowawayKubernetes cluster = new ThrowawayKubernetes(programs, lock, engine);
            cluster.start();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /** Returns the file with which a user reaches the API server. */
    public Path kubeconfig(String user) {
        return files.kubeconfig(user);
    }

    /** Runs kubectl as the administrator and returns its output without the last line's end. */
    public String kubectl(String... arguments) throws IOException, InterruptedException {
        return kubectlAs(ADMIN, arguments);
    }

    /** Runs kubectl as a user. */
    public String kubectlAs(String user, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program("kubectl"),
                "--kubeconfig=" + kubeconfig(user),
                "--cache-dir=" + files.path("cache"),
                "--request-timeout=60s"));
        command.addAll(List.of(arguments));
        return Command.run(Map.of(), command);
    }

    /** Creates what a text of YAML describes. */
    public void apply(String yaml) throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile(files.path(""), "apply", ".yaml"), yaml);
        kubectl("apply", "--filename=" + file);
    }

    /** Creates a namespace in which pods can be created. */
    public void createNamespace(String name) throws IOException, InterruptedException {
        kubectl("create", "namespace", name);
        await("the default service account of " + name, () -> hasServiceAccount(name));
    }

    /** Copies an image from the engine that all tests share to the node. */
    public void load(String image) throws IOException, InterruptedException {
        engine.load(image);
    }

    /** Returns the engine that runs the node's containers. */
    public OwnEngine engine() {
        return engine;
    }

    /** Returns the directory of all files of the cluster and its engine. */
    public Path directory() {
        return engine.directory();
    }

    /** Returns the name of the cgroup that has all pods. */
    public String cgroup() {
        return engine.name();
    }

    public ClusterProcess apiServer() {
        return apiServer;
    }

    public ClusterProcess kubelet() {
        return kubelet;
    }

    @Override
    public void close() {
        engine.close();
        kernel.restore();
        lock.close();
    }

    private void start() throws IOException, InterruptedException {
        Files.createDirectories(files.path("api"));
        Files.createDirectory(files.path("plugins"));
        // etcd syncs each write, which takes long on a busy disk.
        Command.run(
                "mount",
                "-t",
                "tmpfs",
                "tmpfs",
                Files.createDirectory(files.path("etcd")).toString());
        for (String user : List.of(ADMIN, DEVELOPER)) {
            files.writeKubeconfig(user, ports.get(2));
        }
        Path key = files.serviceAccountKey();
        etcd = process("etcd", () -> true, etcdArguments());
        apiServer = process("kube-apiserver", this::apiServerIsReady, apiServerArguments(key));
        controllers = process("kube-controller-manager", () -> hasServiceAccount("default"), controllerArguments(key));
        scheduler = process("kube-scheduler", () -> true, schedulerArguments());
        kubelet = process("kubelet", () -> kubeletAnswers() && nodeIsReady(), kubeletArguments());
        etcd.start();
        importPauseImage();
        apiServer.start();
        scheduler.start();
        controllers.start();
        ClusterFiles.makeGroup(cgroup());
        kubelet.start();
    }

    private ClusterProcess process(String program, EngineProcess.Condition ready, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program(program)));
        command.addAll(arguments);
        return new ClusterProcess(files.path(program + ".log"), command, ready);
    }

    private List<String> etcdArguments() {
        String clients = "http://127.0.0.1:" + ports.get(0);
        String peers = "http://127.0.0.1:" + ports.get(1);
        return List.of(
                "--data-dir=" + files.path("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers);
    }

    private List<String> apiServerArguments(Path key) throws IOException {
        Path tokens = files.tokens(Map.of(ADMIN, "system:masters", DEVELOPER, "developers"));
        return List.of(
                "--etcd-servers=http://127.0.0.1:" + ports.get(0),
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.get(2),
                "--insecure-port=0",
                // An address of loopback is refused here. Nothing listens on this one, and nobody is told of it.
                "--advertise-address=198.18.0.1",
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + files.path("api"),
                "--enable-priority-and-fairness=false",
                "--service-cluster-ip-range=198.18.240.0/24",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + tokens,
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--kubelet-preferred-address-types=Hostname",
                "--default-unreachable-toleration-seconds=5",
                "--default-not-ready-toleration-seconds=5",
                FEATURES);
    }

    private List<String> controllerArguments(Path key) {
        return List.of(
                "--kubeconfig=" + kubeconfig(ADMIN),
                "--port=0",
                "--secure-port=0",
                "--leader-elect=false",
                "--service-account-private-key-file=" + key,
                "--root-ca-file=" + files.certificate(),
                "--controllers=" + CONTROLLERS,
                "--node-monitor-period=2s",
                "--node-monitor-grace-period=" + NODE_GRACE.toSeconds() + "s",
                FEATURES);
    }

    private List<String> schedulerArguments() {
        return List.of("--kubeconfig=" + kubeconfig(ADMIN), "--port=0", "--secure-port=0", "--leader-elect=false");
    }

    private List<String> kubeletArguments() throws IOException {
        return List.of(
                "--config=" + files.kubelet(ports.get(3), cgroup()),
                "--kubeconfig=" + kubeconfig(ADMIN),
                "--hostname-override=" + NODE,
                "--root-dir=" + files.path("kubelet"),
                "--cert-dir=" + files.path("kubelet-certificates"),
                "--container-runtime=docker",
                "--docker-endpoint=" + engine.address(),
                // Its statistics have a client of their own, which would look at the engine that all tests share.
                "--docker=" + engine.address(),
                "--container-runtime-endpoint=unix://" + files.path("dockershim.sock"),
                "--experimental-dockershim-root-directory=" + files.path("dockershim"),
                "--pod-infra-container-image=" + PAUSE);
    }

    private String program(String name) {
        return programs.resolve(name).toString();
    }

    private void importPauseImage() throws IOException, InterruptedException {
        Command.pipe(
                List.of("tar", "--create", "--directory=" + programs, "pause"),
                List.of(
                        "docker",
                        "--host",
                        engine.address(),
                        "import",
                        "--change",
                        "ENTRYPOINT [\"/pause\"]",
                        "-",
                        PAUSE));
    }

    private boolean apiServerIsReady() throws InterruptedException {
        return api.get("/readyz").isPresent();
    }

    /** Asks through the API server. The node's own state is that of before, for a while. */
    private boolean kubeletAnswers() throws InterruptedException {
        return api.get("/api/v1/nodes/" + NODE + "/proxy/healthz").isPresent();
    }

    private boolean nodeIsReady() throws IOException, InterruptedException {
        JsonNode conditions = api.object("/api/v1/nodes/" + NODE)
                .map(node -> node.at("/status/conditions"))
                .orElse(MissingNode.getInstance());
        return StreamSupport.stream(conditions.spliterator(), false)
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
    }

    private boolean hasServiceAccount(String namespace) throws IOException, InterruptedException {
        return api.object("/api/v1/namespaces/" + namespace + "/serviceaccounts/default")
                .filter(account -> !account.path("secrets").isEmpty())
                .isPresent();
    }

    static void await(String what, EngineProcess.Condition condition) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!condition.holds()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited in vain for " + what);
            }
            Thread.sleep(200);
        }
    }
}
