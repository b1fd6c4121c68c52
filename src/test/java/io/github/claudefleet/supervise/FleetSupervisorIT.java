package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents on the real engine with every kind of failing CLI, all followed at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetSupervisorIT {

    private static final TaskTimeouts CLOCKS = new TaskTimeouts(
            Optional.of(Duration.ofMinutes(5)),
            Optional.of(Duration.ofSeconds(25)),
            Optional.of(Duration.ofSeconds(45)),
            Duration.ofSeconds(6));
    private static final String RESULT =
            "echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"fine\",\"total_cost_usd\":0.5}'\n";

    private static final String IN_BACKGROUND = background("{\"task_id\":\"b1\",\"description\":\"%s\"}");
    private static final Map<String, String> CHECKS = Map.of(
            "lingers-checked", "false",
            "fails-after-result", "echo checked",
            "stopped-before-check", "true");

    /** Script of each agent's CLI, and the expected outcome. */
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
        BEHAVIOURS.put(
                "builds",
                RESULT + IN_BACKGROUND.formatted("mvn verify") + "sleep 28\n" + background("")
                        + "echo '{\"type\":\"system\",\"subtype\":\"init\"}'\n"
                        + RESULT.replace("fine", "built").replace("0.5", "0.75"));
        BEHAVIOURS.put(
                "serves", RESULT + IN_BACKGROUND.formatted("java -jar server.jar") + "while :; do sleep 1; done\n");
        BEHAVIOURS.put("lingers-checked", RESULT + "trap '' INT TERM; while :; do sleep 1; done\n");
        BEHAVIOURS.put("fails-after-result", RESULT + "exit 1\n");
        BEHAVIOURS.put("stopped-before-check", RESULT + "kill -s TERM 1; while :; do sleep 1; done\n");
        BEHAVIOURS.put(
                "asks-nobody",
                RESULT.replace("fine", "/help is not available").replace("0.5", "0,\"num_turns\":0,\"modelUsage\":{}"));
        BEHAVIOURS.put("hogs", "exec tail /dev/zero\n");
    }

    @TempDir
    private static Path results;

    private final ScriptedAgents agents = new ScriptedAgents(BEHAVIOURS, CHECKS, CLOCKS, Optional.empty());
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
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("well", Outcome.DONE),
                        Map.entry("floods", Outcome.DONE),
                        Map.entry("lingers", Outcome.DONE),
                        Map.entry("silent-end", Outcome.FAILED),
                        Map.entry("garbles", Outcome.DONE),
                        Map.entry("talks", Outcome.DONE),
                        Map.entry("hangs", Outcome.HUNG),
                        Map.entry("hogs", Outcome.OUT_OF_MEMORY),
                        Map.entry("builds", Outcome.DONE),
                        Map.entry("serves", Outcome.UNFINISHED),
                        Map.entry("lingers-checked", Outcome.CHECK_FAILED),
                        Map.entry("fails-after-result", Outcome.DONE),
                        Map.entry("stopped-before-check", Outcome.NOT_CHECKED),
                        Map.entry("asks-nobody", Outcome.FAILED)));
    }

    @Test
    void aBuildInTheBackgroundComesToItsEndAndTheLastResultCounts() {
        assertThat(task("builds").answer().text()).contains("built");
        assertThat(task("builds").usage().cost()).hasToString("$0.75");
        assertThat(console.toString()).doesNotContain("Agent builds is stopped");
    }

    @Test
    void whatNeverEndsInTheBackgroundIsCutAndNamed() {
        assertThat(task("serves").reason())
                .isEqualTo("\"java -jar server.jar\" was still under way in the background 45s after its result");
        assertThat(task("serves").answer().text()).contains("fine");
    }

    @Test
    void aCheckRunsAfterEachGoodResultAndItsAbsenceIsTold() {
        assertThat(task("lingers-checked").reason()).startsWith("the check ended with status 1");
        assertThat(task("fails-after-result").exit().check().orElseThrow().exitCode())
                .isZero();
        assertThat(task("fails-after-result").reason()).isEqualTo("the CLI ended with status 1 after its result");
        assertThat(task("stopped-before-check").reason()).startsWith("its check did not come to an end");
        assertThat(task("asks-nobody").reason()).contains("asked nothing of the model", "/help is not available");
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
        assertThat(task("talks").answer().text().orElseThrow()).hasSize(5 << 20);
    }

    @Test
    void whatIsNoEventIsCountedAndKept() throws IOException {
        assertThat(task("garbles").activity().garbage()).isEqualTo(6);
        assertThat(task("garbles").answer().text()).contains("fine");
        assertThat(Files.readAllLines(results.resolve("garbles/events.jsonl"), StandardCharsets.UTF_8))
                .contains("Grüße 🙂 漢字", "{\"type\":\"cut off");
    }

    @Test
    void whoDoesNotEndIsEndedByForce() throws InterruptedException {
        assertThat(console.toString())
                .contains("Agent lingers is stopped: it did not end by itself within 6s of its result")
                .contains("Agent hangs is stopped: it said nothing for 25s");
        assertThat(task("lingers").exit().code()).hasValue(137);
        assertThat(agents.awaitEnd())
                .allSatisfy(container ->
                        assertThat(container.exitCode()).as(container.name()).isPresent());
    }

    @Test
    void whatAllCostIsAddedUp() {
        assertThat(report.cost()).hasToString("$4.75");
    }

    private static String background(String task) {
        return "echo '{\"type\":\"system\",\"subtype\":\"background_tasks_changed\",\"tasks\":[" + task + "]}'\n";
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
