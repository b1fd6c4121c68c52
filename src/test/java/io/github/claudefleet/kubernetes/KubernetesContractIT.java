package io.github.claudefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeObservation;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.it.ThrowawayKubernetes;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Checks the adapter's parts on a real cluster, as a user with no more rights than they need. */
@EnabledIfSystemProperty(named = "it.kubernetes", matches = ".+", disabledReason = "bin/test brings Kubernetes")
class KubernetesContractIT {

    private static final Duration GENEROUS = KubernetesFixture.GENEROUS;
    private static final Map<String, String> LABELS = Map.of(RequestFixture.FLEET, "shop");

    private static KubernetesFixture fixture;

    @BeforeAll
    static void create() throws IOException, InterruptedException {
        fixture = KubernetesFixture.create();
    }

    @AfterAll
    static void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @AfterEach
    void removePods() throws IOException, InterruptedException {
        fixture.removePods();
    }

    // ---- pods

    @Test
    void aPodRunsRestrictedAndIsFoundByItsLabels() throws Exception {
        String id = fixture.running(RequestFixture.named("Restricted_1"));

        assertThat(fixture.exec(id, "id -u; id -g")).isEqualTo("1000\n1000");
        assertThat(fixture.exec(id, "grep -E 'CapEff|CapBnd|NoNewPrivs|^Seccomp:' /proc/self/status"))
                .isEqualToIgnoringWhitespace(
                        "CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1 Seccomp: 2");
        assertThat(fixture.exec(id, "touch /etc/x 2>/dev/null || echo read-only; touch /tmp/x && echo writable"))
                .isEqualTo("read-only\nwritable");
        assertThat(fixture.exec(id, "ls /var/run/secrets/kubernetes.io 2>/dev/null || echo no token"))
                .isEqualTo("no token");
        assertThat(fixture.exec(id, "echo \"$GREETING\"")).isEqualTo("hello $(HOME)");
        assertThat(fixture.pods.list(
                        new LabelSelector(RequestFixture.DIRECTORY, Optional.of("/home/ann/shop: the old one"))))
                .singleElement()
                .satisfies(pod -> {
                    assertThat(pod.id()).isEqualTo(id).startsWith("restricted-1-");
                    assertThat(pod.name()).isEqualTo("Restricted_1");
                    assertThat(pod.state()).isEqualTo(ContainerState.RUNNING);
                    assertThat(pod.startedAt()).isPresent();
                });
        assertThat(fixture.pods.list(new LabelSelector(RequestFixture.FLEET, Optional.of("other"))))
                .isEmpty();
    }

    @Test
    void aSecondPodOfANameIsAConflictAndTheFirstGoesOn() throws Exception {
        String id = fixture.running(RequestFixture.named("twice"));

        EngineException failure = failureOf(
                () -> fixture.pods.create(RequestFixture.named("twice").request()));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessage("create pod twice: pods \"twice\" already exists");
        assertThat(fixture.is(id, ContainerState.RUNNING)).isTrue();
    }

    @Test
    void aPodWhoseCreationLostItsAnswerIsThereOnce(@TempDir Path directory) throws Exception {
        try (CuttingRelay relay = new CuttingRelay(fixture.port());
                ClusterConnection through = fixture.through(relay, directory)) {
            ClusterPods pods = KubernetesFixture.pods(through);
            assertThat(pods.find("lost")).isEmpty();
            relay.loseNextAnswer();

            String id = pods.create(RequestFixture.named("lost").request());

            assertThat(relay.lost()).isEqualTo(1);
            assertThat(id).isEqualTo("lost");
            assertThat(fixture.pods.list(new LabelSelector(RequestFixture.FLEET, Optional.empty())))
                    .hasSize(1);
        }
    }

    @Test
    void anEndHasItsExitCodeAndItsReason() throws Exception {
        ContainerObservation failed =
                fixture.ended(RequestFixture.named("failed").running("exit 7"));
        ContainerObservation large = fixture.ended(
                RequestFixture.named("large").running("head -c 200m /dev/zero | tail -c 100m >/dev/null; sleep 1"));

        assertThat(failed.exitCode()).hasValue(7);
        assertThat(failed.outOfMemory()).isFalse();
        assertThat(fixture.pods.diagnosis(failed.id())).isEmpty();
        assertThat(large.outOfMemory()).isTrue();
        assertThat(fixture.pods.diagnosis(large.id())).map(PodProblem::kind).hasValue(PodProblem.Kind.OUT_OF_MEMORY);
    }

    @Test
    void aStoppedPodKeepsItsLogAndARemovedOneIsGone() throws Exception {
        String id = fixture.running(RequestFixture.named("stopped")
                .running("trap 'echo asked; exit 3' TERM; while true; do sleep 0.1; done"));
        fixture.pods.start(id);

        Instant begin = Instant.now();
        fixture.pods.stop(id, Duration.ofSeconds(5));
        report("a pod's stop", Duration.between(begin, Instant.now()));
        List<String> lines = new CopyOnWriteArrayList<>();
        read(LogRequest.follow(id), lines);

        assertThat(lines).containsExactly("asked");
        assertThat(fixture.pods.find(id))
                .map(ContainerObservation::state)
                .hasValueSatisfying(state -> assertThat(state).isIn(ContainerState.EXITED, ContainerState.DEAD));
        assertThat(fixture.pods.diagnosis(id)).isEmpty();
        fixture.pods.stop(id, Duration.ofSeconds(5));
        begin = Instant.now();
        fixture.pods.remove(id);
        report("a pod's removal", Duration.between(begin, Instant.now()));
        assertThat(fixture.pods.find(id)).isEmpty();
        fixture.pods.remove(id);
        assertThat(failureOf(() -> fixture.pods.start(id)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    // ---- what goes wrong with pods

    @Test
    void aPodThatFitsNowhereAndAnImageThatIsNowhere() throws Exception {
        ResourceLimits huge =
                ResourceLimits.of(Optional.of(new MemorySize(10L << 40)), Optional.empty(), Optional.empty());
        fixture.pods.create(RequestFixture.named("huge").with(huge).request());
        fixture.pods.create(RequestFixture.named("imageless").request("127.0.0.1:1/none:1", Lifecycle.ONCE));

        assertThat(fixture.problem("huge", PodProblem.Kind.UNSCHEDULABLE).detail())
                .contains("Insufficient memory");
        assertThat(fixture.problem("imageless", PodProblem.Kind.IMAGE_NOT_PULLED)
                        .detail())
                .contains("127.0.0.1:1");
    }

    @Test
    void aPodThatTheClusterEnds() throws Exception {
        fixture.running(RequestFixture.named("late"));
        fixture.cluster.kubectl(
                "patch", "pod", "late", "--namespace=team", "--patch={\"spec\":{\"activeDeadlineSeconds\":1}}");
        fixture.cluster.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: greedy, namespace: team}
                spec:
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 1
                  volumes: [{name: disk, emptyDir: {sizeLimit: 1Mi}}]
                  containers:
                  - name: main
                    image: %s
                    imagePullPolicy: Never
                    command: [sh, -c, 'head -c 9m /dev/zero >/disk/file; sleep 600']
                    volumeMounts: [{name: disk, mountPath: /disk}]
                """.formatted(RequestFixture.IMAGE));

        fixture.problem("late", PodProblem.Kind.DEADLINE_EXCEEDED);
        assertThat(fixture.problem("greedy", PodProblem.Kind.EVICTED).detail()).contains("1Mi");
    }

    @Test
    void aPodBeyondTheQuotaIsRefused() throws Exception {
        fixture.cluster.createNamespace("small");
        fixture.cluster.kubectl("create", "quota", "small", "--hard=pods=0", "--namespace=small");
        try (ClusterConnection small = fixture.administrator("small")) {
            ClusterPods pods = KubernetesFixture.pods(small);

            // The quota counts once its controller has seen it.
            KubernetesFixture.await(
                    "the quota counts",
                    () -> !fixture.cluster
                            .kubectl(
                                    "get",
                                    "quota",
                                    "small",
                                    "--namespace=small",
                                    "--output=jsonpath={.status.hard.pods}")
                            .isBlank());
            EngineException failure =
                    failureOf(() -> pods.create(RequestFixture.named("a").request()));

            assertThat(failure).hasMessageContaining("exceeded quota: small");
            assertThat(failure.suggestion())
                    .hasValueSatisfying(next -> assertThat(next).contains("the quota of the namespace small"));
        }
    }

    @Test
    void aPodOfALostNodeIsKnownAsSuch() throws Exception {
        fixture.running(RequestFixture.named("orphan"));
        fixture.cluster.kubelet().stop();
        try {
            Duration time = KubernetesFixture.await(
                    "the loss is seen",
                    () -> fixture.pods
                            .diagnosis("orphan")
                            .map(PodProblem::kind)
                            .filter(PodProblem.Kind.NODE_LOST::equals)
                            .isPresent());

            report("loss of a node, with a grace of " + ThrowawayKubernetes.NODE_GRACE, time);
        } finally {
            fixture.cluster.kubelet().start();
        }
    }

    @Test
    void aMissingRightIsNamed() {
        try (ClusterConnection elsewhere =
                KubernetesFixture.connect(fixture.cluster.kubeconfig(ThrowawayKubernetes.DEVELOPER), "default")) {
            ClusterPods pods = KubernetesFixture.pods(elsewhere);

            EngineException failure =
                    failureOf(() -> pods.create(RequestFixture.named("a").request()));

            assertThat(failure)
                    .hasMessageContaining("User \"developer\" cannot create resource \"pods\"")
                    .hasMessageContaining("in the namespace \"default\"");
            assertThat(failure.suggestion()).hasValue("Have somebody grant you that right in the namespace default.");
        }
    }

    // ---- commands

    @Test
    void aCommandHasItsOutputItsExitCodeAndItsVariables() throws Exception {
        String id = fixture.running(RequestFixture.named("commands"));
        ExecRequest request = new ExecRequest(
                id,
                List.of("sh", "-c", "printf 'ä b\\n%s' \"$A\"; echo wrong >&2; cat; exit 7"),
                new TreeMap<>(Map.of("A", "x y")));

        ExecResult result = fixture.processes.run(request, GENEROUS);

        assertThat(result).isEqualTo(new ExecResult(7, "ä b\nx y", "wrong\n"));
        assertThat(fixture.exec(id, "head -c 3000000 /dev/zero | tr '\\0' x")).hasSize(3_000_000);
    }

    @Test
    void aCommandThatDoesNotEndOrHasNoPodFails() throws Exception {
        String id = fixture.running(RequestFixture.named("endless"));

        EngineException late =
                failureOf(() -> fixture.processes.run(ExecRequest.of(id, "sleep", "60"), Duration.ofSeconds(2)));
        EngineException absent = failureOf(() -> fixture.processes.run(ExecRequest.of("nobody", "true"), GENEROUS));

        assertThat(late.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(late).hasMessage("run sleep in pod endless: it had not ended after 2 s");
        assertThat(absent.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aDialogueGoesBothWays() throws Exception {
        String id = fixture.running(RequestFixture.named("dialogue"));
        List<String> lines = new CopyOnWriteArrayList<>();
        ExecRequest request = ExecRequest.of(
                id, "sh", "-c", "echo ready; read -r a; echo \"got $a\"; echo aside >&2; read -r b; exit \"$b\"");

        try (ExecSession session = fixture.processes.open(request);
                ExecSession streamed = fixture.processes.open(request, lines::add)) {
            talk(session);
            talk(streamed);

            // A cluster sends both outputs on channels of their own.
            assertThat(session.output().lines()).containsExactlyInAnyOrder("ready", "got it", "aside");
            assertThat(session.exitCode()).hasValue(3);
            assertThat(lines).containsExactly("ready", "got it");
            assertThat(streamed.output()).isEqualTo("aside\n");
            assertThatThrownBy(() -> session.send("more")).hasMessageContaining("the conversation is over");
        }
    }

    private static void talk(ExecSession session) throws Exception {
        session.send("it");
        while (!session.output().contains("aside")) {
            assertThat(session.awaitChange(Duration.ofSeconds(30))).isTrue();
        }
        session.send("3");
        while (session.exitCode().isEmpty()) {
            assertThat(session.awaitChange(Duration.ofSeconds(30))).isTrue();
        }
    }

    @Test
    void aCommandWhoseConnectionIsCutFails(@TempDir Path directory) throws Exception {
        String id = fixture.running(RequestFixture.named("cut"));
        try (CuttingRelay relay = new CuttingRelay(fixture.port());
                ClusterConnection through = fixture.through(relay, directory)) {
            PodProcesses processes = new PodProcesses(through);
            Thread cutter = new Thread(() -> cutLater(relay));
            cutter.start();

            EngineException failure = failureOf(() -> processes.run(ExecRequest.of(id, "sleep", "60"), GENEROUS));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            cutter.join();
        }
    }

    private static void cutLater(CuttingRelay relay) {
        try {
            Thread.sleep(3000);
            relay.cut();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- logs

    @Test
    void aLogIsReadWholeAndInPart() throws Exception {
        String id = fixture.ended(
                        RequestFixture.named("log")
                                .running(
                                        "for i in 1 2 3; do echo line $i; done; head -c 100000 /dev/zero | tr '\\0' x; echo; printf end"))
                .id();
        List<String> whole = new CopyOnWriteArrayList<>();
        List<String> last = new CopyOnWriteArrayList<>();

        read(LogRequest.follow(id), whole);
        read(LogRequest.last(id, 2), last);

        assertThat(whole).hasSize(5).startsWith("line 1", "line 2", "line 3").endsWith("end");
        assertThat(whole.get(3)).hasSize(100_000);
        assertThat(last).isEqualTo(whole.subList(3, 5));
        assertThat(failureOf(() -> fixture.logs.read(LogRequest.follow("nobody"), line -> {}))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    private static void read(LogRequest request, List<String> lines) throws InterruptedException {
        try (LogStream log = fixture.logs.read(request, lines::add)) {
            assertThat(log.awaitEnd(GENEROUS)).isTrue();
        }
    }

    @Test
    void aFollowedLogOutlivesTheEndOfTheApiServerAndOfKubelet() throws Exception {
        String id = fixture.running(RequestFixture.named("followed")
                .running("i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo $i; sleep 0.1; done"));
        List<String> lines = new CopyOnWriteArrayList<>();

        try (LogStream log = fixture.logs.read(LogRequest.follow(id), lines::add)) {
            Thread.sleep(2000);
            fixture.cluster.apiServer().kill();
            fixture.cluster.apiServer().start();
            Thread.sleep(2000);
            fixture.cluster.kubelet().kill();
            fixture.cluster.kubelet().start();
            assertThat(log.awaitEnd(GENEROUS)).isTrue();
        }

        assertThat(lines)
                .isEqualTo(
                        IntStream.rangeClosed(1, 300).mapToObj(String::valueOf).toList());
    }

    // ---- files

    @Test
    void filesAreInThePodWithTheirModesAndAreRenewed() throws Exception {
        VolumeRequest volume = VolumeRequest.inMemory("kit", LABELS, ContainerUser.FOR_ROOT, 1 << 20);
        fixture.volumes.create(volume);
        fixture.volumes.write("kit", List.of(file("checks/a.sh", "echo checked", 0500), file("token", "old", 0400)));
        String id = fixture.running(RequestFixture.named("files").with(new Mount.Volume("kit", "/kit", true)));

        assertThat(fixture.exec(id, "cat /kit/token; echo; /kit/checks/a.sh; stat -L -c '%a %u:%g' /kit/token"))
                .isEqualTo("old\nchecked\n440 0:1000");
        assertThat(fixture.exec(id, "touch /kit/x 2>/dev/null || echo read-only"))
                .isEqualTo("read-only");
        assertThat(fixture.exec(id, "stat -f -c %T /kit")).isEqualTo("tmpfs");
        fixture.volumes.write("kit", List.of(file("token", "new", 0400)));
        report(
                "a file's change in a pod",
                KubernetesFixture.await(
                        "the pod sees it",
                        () -> fixture.exec(id, "cat /kit/token").equals("new")));
        assertThat(fixture.exec(id, "/kit/checks/a.sh")).isEqualTo("checked");
        assertThat(fixture.volumes.list(new LabelSelector(RequestFixture.FLEET, Optional.of("shop"))))
                .containsExactly(new VolumeObservation("kit", LABELS));
        fixture.volumes.create(volume);
        assertThat(fixture.volumes.files("kit").places())
                .as("not created again")
                .hasSize(2);
        assertThat(failureOf(() -> fixture.volumes.create(VolumeRequest.onDisk("kit", Map.of())))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        fixture.volumes.remove("kit");
        fixture.volumes.remove("kit");
        assertThat(failureOf(() -> fixture.volumes.files("kit")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    // ---- the anchor

    @Test
    void aFleetWhoseAnchorNobodyRenewsIsGone() throws Exception {
        Duration window = Duration.ofSeconds(20);
        FleetAnchor anchor = FleetAnchor.create(fixture.connection, "shop-unrenewed", LABELS, Optional.of(window));
        own(anchor, "unrenewed");

        report("the end of a fleet with a window of " + window + " that nobody renews", awaitEnd(anchor, "unrenewed"));
        assertThat(failureOf(() -> anchor.renew(window)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aFleetWhoseAnchorIsRenewedGoesOnUntilItIsStopped() throws Exception {
        Duration window = Duration.ofSeconds(15);
        FleetAnchor anchor = FleetAnchor.create(fixture.connection, "shop-renewed", LABELS, Optional.of(window));
        own(anchor, "renewed");
        for (int i = 0; i < 8; i++) {
            Thread.sleep(5000);
            anchor.renew(window);
        }
        assertThat(fixture.is("renewed", ContainerState.RUNNING)).isTrue();

        anchor.end();

        report("the end of a fleet that is stopped", awaitEnd(anchor, "renewed"));
        anchor.end();
    }

    private static void own(FleetAnchor anchor, String name) throws Exception {
        ObjectOwners owners = labels -> Optional.of(anchor.owner());
        FileVolumes volumes = new FileVolumes(fixture.connection, owners);
        volumes.create(VolumeRequest.inMemory(name, LABELS, ContainerUser.FOR_ROOT, 1 << 20));
        volumes.write(name, List.of(file("a", "1", 0400)));
        new ClusterPods(fixture.connection, volumes, owners, new PodSettings(ClusterSpec.DEFAULT))
                .create(RequestFixture.named(name)
                        .running("trap 'exit 0' TERM; while true; do sleep 0.2; done")
                        .with(new Mount.Volume(name, "/kit", true))
                        .request());
        KubernetesFixture.await(name + " runs", () -> fixture.is(name, ContainerState.RUNNING));
    }

    private static Duration awaitEnd(FleetAnchor anchor, String name) throws Exception {
        LabelSelector shop = new LabelSelector(RequestFixture.FLEET, Optional.of("shop"));
        return KubernetesFixture.await(
                "all is gone",
                () -> !anchor.exists()
                        && fixture.pods.find(name).isEmpty()
                        && fixture.volumes.list(shop).stream()
                                .noneMatch(volume -> volume.name().equals(name)));
    }

    private static UploadFile file(String path, String text, int mode) {
        return new UploadFile(path, text.getBytes(StandardCharsets.UTF_8), mode, ContainerUser.FOR_ROOT);
    }

    private static EngineException failureOf(ThrowingCallable call) {
        EngineException failure = catchThrowableOfType(EngineException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static void report(String what, Duration time) {
        System.out.println("kubernetes: " + what + ": " + time.toMillis() + " ms");
    }
}
