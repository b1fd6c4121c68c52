package io.github.claudefleet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Checks that the tests' cluster is a real one, and that nothing of it stays on this machine. */
@EnabledIfSystemProperty(named = "it.kubernetes", matches = ".+", disabledReason = "bin/test brings Kubernetes")
class ThrowawayKubernetesIT {

    private static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static ThrowawayKubernetes cluster;
    private static KernelSettings before;

    @BeforeAll
    static void create() throws IOException, InterruptedException {
        before = KernelSettings.read();
        cluster = ThrowawayKubernetes.create();
        cluster.load(IMAGE);
    }

    /** A pod with a mount in memory still runs when the cluster is closed. */
    @AfterAll
    static void nothingStays() throws IOException, InterruptedException {
        if (cluster == null) {
            return;
        }
        apply("left-behind", "sleep 600");
        awaitPhase("left-behind", "Running");
        String directory = cluster.directory().toString();
        String uid = cluster.kubectl("get", "pod", "left-behind", "--output=jsonpath={.metadata.uid}");
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).contains(directory);

        cluster.close();

        assertThat(cluster.directory()).doesNotExist();
        assertThat(KernelSettings.read()).isEqualTo(before);
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(directory);
        assertThat(HostProcess.all()).noneMatch(process -> process.arguments().contains(directory));
        assertThat(groups()).isEmpty();
        assertThat(podLogs()).noneMatch(log -> log.endsWith(uid));
    }

    private static List<Path> groups() throws IOException {
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            return hierarchies
                    .map(hierarchy -> hierarchy.resolve(cluster.cgroup()))
                    .filter(Files::exists)
                    .toList();
        }
    }

    private static List<String> podLogs() throws IOException {
        try (Stream<Path> logs = Files.list(Path.of("/var/log/pods"))) {
            return logs.map(Path::toString).toList();
        }
    }

    @Test
    void itsOnlyNodeIsReadyAndItsVersionIsTrue() throws IOException, InterruptedException {
        assertThat(cluster.kubectl("get", "nodes", "--no-headers").lines())
                .singleElement()
                .asString()
                .matches("localhost +Ready .*v1\\.20\\.2");
        assertThat(cluster.kubectl("get", "--raw=/version"))
                .contains("\"gitVersion\": \"v1.20.2\"", "\"minor\": \"20\"");
    }

    @Test
    void aPodRunsToItsEndAndItsLogIsRead() throws IOException, InterruptedException {
        apply("short", "echo said from inside; exit 7");

        awaitPhase("short", "Failed");

        assertThat(cluster.kubectl("logs", "short")).isEqualTo("said from inside");
        assertThat(cluster.kubectl(
                        "get",
                        "pod",
                        "short",
                        "--output=jsonpath={.status.containerStatuses[0].state.terminated.exitCode}"))
                .isEqualTo("7");
        cluster.kubectl("delete", "pod", "short", "--timeout=60s");
        assertThat(cluster.kubectl("get", "pods", "--output=name")).doesNotContain("short");
    }

    @Test
    void aPodOutlivesTheEndOfItsApiServerAndOfItsKubelet() throws IOException, InterruptedException {
        apply("long", "sleep 600");
        awaitPhase("long", "Running");

        cluster.apiServer().kill();
        assertThatThrownBy(() -> cluster.kubectl("get", "pods")).isInstanceOf(AssertionError.class);
        cluster.apiServer().start();
        cluster.kubelet().stop();
        cluster.kubelet().start();

        // Kubelet learns of its pods again after a moment.
        Thread.sleep(3000);
        assertThat(cluster.kubectl("exec", "long", "--", "echo", "still here")).isEqualTo("still here");
        assertThat(cluster.kubectl(
                        "get", "pod", "long", "--output=jsonpath={.status.containerStatuses[0].restartCount}"))
                .isEqualTo("0");
        cluster.kubectl("delete", "pod", "long", "--grace-period=0", "--force");
    }

    @Test
    void aUserHasOnlyTheRightsThatARoleGives() throws IOException, InterruptedException {
        assertThatThrownBy(() -> cluster.kubectlAs(ThrowawayKubernetes.DEVELOPER, "get", "pods"))
                .hasMessageContaining("User \"developer\" cannot list resource \"pods\"");

        cluster.kubectl("create", "rolebinding", "look", "--clusterrole=view", "--user=developer");

        ThrowawayKubernetes.await("the role is known", () -> may("list", "pods"));
        assertThat(cluster.kubectlAs(ThrowawayKubernetes.DEVELOPER, "get", "pods", "--output=name"))
                .doesNotContain("Error");
        assertThatThrownBy(() -> cluster.kubectlAs(ThrowawayKubernetes.DEVELOPER, "delete", "pod", "another"))
                .hasMessageContaining("User \"developer\" cannot");
    }

    private static void apply(String name, String script) throws IOException, InterruptedException {
        cluster.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 1
                  securityContext: {runAsNonRoot: true, runAsUser: 1000}
                  volumes: [{name: memory, emptyDir: {medium: Memory}}]
                  containers:
                  - name: main
                    image: %s
                    imagePullPolicy: Never
                    command: [sh, -c, '%s']
                    volumeMounts: [{name: memory, mountPath: /memory}]
                """.formatted(name, IMAGE, script));
    }

    private static boolean may(String verb, String resource) throws IOException, InterruptedException {
        try {
            return cluster.kubectlAs(ThrowawayKubernetes.DEVELOPER, "auth", "can-i", verb, resource)
                    .equals("yes");
        } catch (AssertionError e) {
            // kubectl answers no with a failure.
            return false;
        }
    }

    private static void awaitPhase(String pod, String phase) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        String seen = "";
        while (!seen.equals(phase)) {
            assertThat(Instant.now()).as(pod + " is " + seen).isBefore(end);
            Thread.sleep(200);
            seen = cluster.kubectl("get", "pod", pod, "--output=jsonpath={.status.phase}");
        }
    }
}
