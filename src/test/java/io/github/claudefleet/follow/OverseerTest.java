package io.github.claudefleet.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Endurance;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.kit.Kit;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.report.ConsoleFleetLog;
import io.github.claudefleet.report.LogSink;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Clocks;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.ResourceLimits;
import io.github.claudefleet.spec.SampleAgent;
import io.github.claudefleet.spec.SampleFleet;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.work.FleetReport;
import io.github.claudefleet.work.Outcome;
import io.github.claudefleet.work.TaskReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents on the real engine whose CLI behaves as badly as any might, followed all at once. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverseerTest {

    private static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:1");
    private static final String LABEL = "io.github.claudefleet.test.follow";
    private static final Clocks CLOCKS =
            new Clocks(Optional.of(Duration.ofMinutes(5)), Optional.of(Duration.ofSeconds(15)), Duration.ofSeconds(3));
    private static final String RESULT =
            "echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"fine\",\"total_cost_usd\":0.5}'\n";

    /** What the CLI of each agent does, and what is to become of it. */
    private static final Map<String, String> BEHAVIOURS = new LinkedHashMap<>();

    static {
        BEHAVIOURS.put("well", RESULT);
        BEHAVIOURS.put(
                "floods",
                "yes '{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"content\":\""
                        + "flood ".repeat(160) + "\"}]}}' | head -n 105000\n" + RESULT);
        BEHAVIOURS.put("lingers", RESULT + "trap '' INT TERM; while :; do sleep 1; done\n");
        BEHAVIOURS.put("silent-end", "exit 0\n");
        BEHAVIOURS.put(
                "garbles",
                "echo 'no JSON'; echo '{\"type\":\"assist'; echo '{\"type\":\"of_next_year\"}'; echo 'Grüße 🙂 漢字'; printf '\\377\\n';"
                        + " echo '[]'\n" + RESULT + "printf '{\"type\":\"cut off'\n");
        BEHAVIOURS.put(
                "talks",
                "printf '{\"type\":\"result\",\"is_error\":false,\"result\":\"'; head -c 5242880 /dev/zero | tr '\\0' x;"
                        + " printf '\"}\\n'\n");
        BEHAVIOURS.put("hangs", "trap '' INT TERM; while :; do sleep 1; done\n");
        BEHAVIOURS.put("hogs", "exec tail /dev/zero\n");
    }

    private final String run = UUID.randomUUID().toString();
    private final String volume = "claude-fleet-test-follow-" + run;

    @TempDir
    private static Path results;

    private ContainerEngine engine;
    private FleetSpec spec;
    private FleetReport report;
    private final StringBuffer console = new StringBuffer();

    @BeforeAll
    @Timeout(300)
    void letThemWork() throws Exception {
        engine = DockerEngines.connect(Optional.empty(), System.getenv(), Path.of(System.getProperty("user.home")));
        SampleFleet fleet = SampleFleet.of();
        BEHAVIOURS.keySet().forEach(name -> fleet.agent(SampleAgent.named(name)));
        BEHAVIOURS.keySet().forEach(name -> fleet.queue(queue(new AgentName(name))));
        spec = fleet.spec();
        engine.createVolume(VolumeRequest.onDisk(volume, Map.of(LABEL, run)));
        uploadKit();
        BEHAVIOURS.keySet().forEach(name -> engine.start(agent(name)));
        ObservedFleet observed =
                new ObservedFleet(engine.containers(new LabelSelector(LABEL, Optional.of(run))), List.of(), List.of());
        report = new Overseer(engine, spec, new ConsoleFleetLog(new Console()), InstantSource.system(), results)
                .await(observed, snapshot -> {});
    }

    @AfterAll
    void clearUp() {
        try (ContainerEngine closing = engine) {
            LabelSelector ours = new LabelSelector(LABEL, Optional.of(run));
            closing.containers(ours).forEach(container -> closing.removeContainer(container.id()));
            closing.volumes(ours).forEach(closing::removeVolume);
        }
    }

    @Test
    void eachIsToldByItsWord() {
        assertThat(report.tasks().stream()
                        .collect(Collectors.toMap(task -> task.task().toString(), TaskReport::outcome)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "well", Outcome.DONE,
                        "floods", Outcome.DONE,
                        "lingers", Outcome.DONE,
                        "silent-end", Outcome.FAILED,
                        "garbles", Outcome.DONE,
                        "talks", Outcome.DONE,
                        "hangs", Outcome.HUNG,
                        "hogs", Outcome.OUT_OF_MEMORY));
    }

    @Test
    void aFloodIsKeptWhole() throws IOException {
        try (Stream<String> lines = Files.lines(results.resolve("floods/events.jsonl"))) {
            assertThat(lines.filter(line -> line.contains("flood flood"))).hasSize(105_000);
        }
        assertThat(Files.size(results.resolve("floods/events.jsonl"))).isGreaterThan(100_000_000);
    }

    @Test
    void anAnswerOfFiveMebibytesIsKeptWhole() {
        assertThat(task("talks").answer().orElseThrow()).hasSize(5 << 20);
    }

    @Test
    void whatIsNoEventIsCountedAndKept() throws IOException {
        assertThat(task("garbles").garbage()).isEqualTo(6);
        assertThat(task("garbles").answer()).contains("fine");
        assertThat(Files.readAllLines(results.resolve("garbles/events.jsonl"), StandardCharsets.UTF_8))
                .contains("Grüße 🙂 漢字", "{\"type\":\"cut off");
    }

    @Test
    void whoDoesNotEndIsEndedByForce() {
        assertThat(console.toString())
                .contains("Agent lingers is stopped: it did not end by itself within 3s of its result")
                .contains("Agent hangs is stopped: it said nothing for 15s");
        assertThat(task("lingers").exitCode()).hasValue(137);
        assertThat(engine.containers(new LabelSelector(LABEL, Optional.of(run))).stream()
                        .filter(container -> container.label(Labels.AGENT).isPresent()))
                .allSatisfy(container ->
                        assertThat(container.exitCode()).as(container.name()).isPresent());
    }

    @Test
    void whatAllCostIsAddedUp() {
        assertThat(report.cost()).hasToString("$2.00");
    }

    private TaskReport task(String name) {
        return report.tasks().stream()
                .filter(task -> task.task().toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static TaskQueue queue(AgentName agent) {
        Task task = new Task(TaskId.of(agent), new Prompt("Behave " + agent));
        return new TaskQueue(
                agent, List.of(task), List.of(agent), true, List.of(), CLOCKS, Optional.empty(), 0, Optional.empty());
    }

    private void uploadKit() {
        String keeper = engine.createContainer(request("kit", List.of("/bin/sleep", "300"), Map.of(), false));
        engine.start(keeper);
        engine.upload(keeper, ContainerPaths.KIT, Kit.of(spec).files());
        StringBuilder claude = new StringBuilder("#!/bin/sh\ncase $(cat) in\n");
        BEHAVIOURS.forEach((name, script) -> claude.append("'Behave ")
                .append(name)
                .append("')\n")
                .append(script)
                .append(";;\n"));
        byte[] script = claude.append("esac\n").toString().getBytes(StandardCharsets.UTF_8);
        engine.upload(keeper, ContainerPaths.KIT, List.of(new UploadFile("bin/claude", script, 0755, spec.user())));
        engine.removeContainer(keeper);
    }

    private String agent(String name) {
        List<String> command = List.of("/bin/sh", ContainerPaths.KIT + "/agent.sh", name, "work");
        return engine.createContainer(request(name, command, Map.of(Labels.AGENT, name, Labels.ROLE, "agent"), true));
    }

    private ContainerRequest request(String name, List<String> command, Map<String, String> labels, boolean readOnly) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put(LABEL, run);
        return new ContainerRequest(
                "claude-fleet-test-follow-" + name + "-" + run,
                IMAGE,
                spec.user(),
                command,
                new TreeMap<>(Map.of(
                        "CLAUDE_FLEET_LOGIN", "provider",
                        "HOME", "/tmp/home",
                        "CLAUDE_CONFIG_DIR", "/tmp/home/.claude",
                        "PATH", ContainerPaths.KIT + "/bin:/usr/local/bin:/usr/bin:/bin")),
                new TreeMap<>(all),
                List.of(new Mount.Volume(volume, ContainerPaths.KIT, readOnly)),
                "/tmp",
                "none",
                List.of(),
                new ResourceLimits(new MemorySize(128L << 20), Optional.empty(), 512),
                Hardening.DEFAULT,
                Endurance.ONCE);
    }

    private final class Console implements LogSink {

        @Override
        public void debug(String line) {}

        @Override
        public void info(String line) {
            console.append(line).append('\n');
        }

        @Override
        public void warn(String line) {
            console.append(line).append('\n');
        }
    }
}
