package io.github.claudefleet.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.report.LogSink;
import io.github.claudefleet.spec.Clocks;
import io.github.claudefleet.work.FleetReport;
import io.github.claudefleet.work.Outcome;
import io.github.claudefleet.work.TaskReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    @TempDir
    private static Path results;

    private final ScriptedAgents agents = new ScriptedAgents(BEHAVIOURS, CLOCKS);
    private FleetReport report;
    private final StringBuffer console = new StringBuffer();

    @BeforeAll
    @Timeout(300)
    void letThemWork() throws Exception {
        agents.start();
        report = agents.follow(new Console(), results);
    }

    @AfterAll
    void clearUp() {
        agents.close();
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
    void whoDoesNotEndIsEndedByForce() throws InterruptedException {
        assertThat(console.toString())
                .contains("Agent lingers is stopped: it did not end by itself within 3s of its result")
                .contains("Agent hangs is stopped: it said nothing for 15s");
        assertThat(task("lingers").exitCode()).hasValue(137);
        assertThat(agents.awaitEnd())
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
