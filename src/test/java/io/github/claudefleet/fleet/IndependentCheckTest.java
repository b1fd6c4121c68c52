package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.CheckPlace;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.task.Inspection;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IndependentCheckTest {

    private static final String IMAGE = "sha256:acme";
    private static final CheckSpec CHECK = CheckSpec.of("mvn verify").in(CheckPlace.CONTAINER);
    private static final LabelSelector CHECKS = new LabelSelector(Map.of(Labels.ROLE, Optional.of("check")));

    private final FleetSpec spec = Shop.fleet("fixer").toSpec();
    private final FakeEngine engine = new FakeEngine().image(IMAGE, Map.of());
    private final FutureTask<Inspection> inspection = new FutureTask<>(this::inspect);
    private final Thread thread = new Thread(inspection);

    @TempDir
    private Path directory;

    private Inspection inspect() throws InterruptedException {
        ContainerObservation agent = new ContainerObservation(
                "fixer",
                "fixer",
                Map.of(Labels.AGENT, "fixer", Labels.ROLE, "agent"),
                "acme/agent:1",
                IMAGE,
                ContainerState.RUNNING,
                Optional.empty(),
                Optional.of(FakeEngine.STARTED),
                Optional.of(FakeEngine.STARTED),
                Optional.empty(),
                false);
        ObservedFleet observed = new ObservedFleet(List.of(agent), List.of(), List.of());
        return new IndependentCheck(engine, spec, observed).run(spec.agents().get(0), CHECK, directory);
    }

    @Test
    void outputThatEndsBeforeTheEngineKnowsTheExitStatusIsWaitedFor() throws Exception {
        engine.breakingStreams(1);
        String container = begin();
        assertThatThrownBy(() -> inspection.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        engine.ends(container, 3, false, FakeEngine.STARTED);

        assertThat(inspection.get().exitCode()).hasValue(3);
        assertThat(engine.containers().list(CHECKS)).isEmpty();
    }

    @Test
    void anInterruptedCheckLeavesNoContainer() throws Exception {
        engine.before(change -> {
            if (change.startsWith("start")) {
                Thread.currentThread().interrupt();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("as every call of an interrupted thread");
            }
        });
        begin();
        thread.join(Duration.ofSeconds(30).toMillis());

        assertThat(engine.containers().list(CHECKS)).isEmpty();
    }

    // ---- on this machine

    @Test
    void aCheckOnThisMachineIsKilledAtItsLimitWithWhatItBegan() throws Exception {
        Inspection result = onThisMachine(
                "while :; do echo here >>alive; sleep 0.05; done & echo begun; wait", Duration.ofSeconds(1));

        assertThat(result.exitCode()).hasValue(124);
        assertThat(result.output()).isEqualTo("begun\nThe check took longer than 1s.");
        long last = Files.size(directory.resolve("alive"));
        Thread.sleep(500);
        assertThat(directory.resolve("alive")).hasSize(last);
    }

    @Test
    void aProcessThatACheckLeavesBehindDoesNotHoldIt() throws Exception {
        try {
            Inspection result = onThisMachine("sleep 300 & echo $! >child; echo over; exit 3", Duration.ofSeconds(50));

            assertThat(result.exitCode()).hasValue(3);
            assertThat(result.output()).isEqualTo("over");
        } finally {
            child().ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void onlyTheLastOutputOfACheckIsRead() throws Exception {
        Inspection lines = onThisMachine("seq 1000; echo error >&2", Duration.ofSeconds(50));
        Inspection noLines = onThisMachine("head -c 3000000 /dev/zero | tr '\\0' x", Duration.ofSeconds(50));

        assertThat(lines.output().lines()).hasSize(200).startsWith("802").endsWith("1000", "error");
        assertThat(noLines.output()).hasSize(1 << 20);
    }

    @Test
    void aCheckOnThisMachineHasNoCredential() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                Environment.class.getName(),
                directory.toString());
        ClaudeEnvironment.CREDENTIALS.forEach(name -> builder.environment().put(name, "an-invented-secret"));
        builder.environment().put(ClaudeEnvironment.JOB_TOKEN, "an-invented-secret");
        builder.environment().put("SHOP_ID_TOKEN", "an-invented-secret");
        builder.environment().put("HARMLESS", "seen");
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains("HARMLESS=seen").doesNotContain("an-invented-secret");
    }

    /** Build in whose environment are credentials, and whose check prints its own. */
    static final class Environment {

        private Environment() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(onThisMachine("env", Duration.ofSeconds(50), Path.of(arguments[0]))
                    .output());
        }
    }

    private static String classPath() {
        return Stream.of(IndependentCheckTest.class, IndependentCheck.class)
                        .map(one -> one.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + System.getProperty("java.class.path");
    }

    private Inspection onThisMachine(String command, Duration limit) throws InterruptedException {
        return onThisMachine(command, limit, directory);
    }

    private static Inspection onThisMachine(String command, Duration limit, Path directory)
            throws InterruptedException {
        FleetSpec spec =
                Shop.fleet("fixer").login(Shop.login(Shop.federation())).toSpec();
        CheckSpec check = CheckSpec.of(command).in(CheckPlace.BUILD).withTimeout(limit);
        return new IndependentCheck(new FakeEngine(), spec, new ObservedFleet(List.of(), List.of(), List.of()))
                .run(spec.agents().get(0), check, directory);
    }

    private Optional<ProcessHandle> child() throws IOException {
        return ProcessHandle.of(
                Long.parseLong(Files.readString(directory.resolve("child")).strip()));
    }

    // ---- in a container

    private String begin() throws InterruptedException {
        thread.start();
        for (int look = 0; look < 300 && engine.changes().stream().noneMatch(one -> one.startsWith("start")); look++) {
            Thread.sleep(100);
        }
        return engine.containers().list(CHECKS).stream()
                .map(ContainerObservation::id)
                .findFirst()
                .orElse("");
    }
}
