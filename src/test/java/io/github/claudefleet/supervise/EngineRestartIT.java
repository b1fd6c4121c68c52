package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.it.ThrowawayEngine;
import io.github.claudefleet.spec.TaskTimeouts;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Working agents on an engine that is stopped and started again, with and without live-restore. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EngineRestartIT {

    private static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");
    /** Idle limit shorter than the engine's downtime, so that an idle agent would be reported as hung. */
    private static final TaskTimeouts CLOCKS = new TaskTimeouts(
            Optional.of(Duration.ofMinutes(5)), Optional.of(Duration.ofSeconds(6)), Duration.ofSeconds(3));

    private static final int LINES = 100;
    private static final String RESULT =
            "echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"fine\",\"total_cost_usd\":0.5}'\n";
    private static final String COUNTS =
            "n=0; while [ $n -lt %d ]; do n=$((n+1)); echo \"{\\\"type\\\":\\\"user\\\",\\\"line\\\":$n}\"; sleep 0.2; done\n";
    private static final String BEGUN = "echo '{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"1\"}'\n";
    private static final String GOES_ON = BEGUN + COUNTS.formatted(100_000);
    private static final String RESTARTED = "the engine was restarted while it worked";

    private static ThrowawayEngine engine;

    @TempDir
    private Path results;

    private final StringBuffer console = new StringBuffer();

    @BeforeAll
    static void create() throws Exception {
        engine = ThrowawayEngine.create("--live-restore");
        engine.load(IMAGE);
    }

    @AfterAll
    static void remove() {
        engine.close();
    }

    @Test
    @Order(1)
    void withLiveRestoreAgentsGoOnAndNothingOfThemIsLostOrReadTwice() throws Exception {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("counts", BEGUN + COUNTS.formatted(LINES) + RESULT);
        scripts.put("counts-too", BEGUN + COUNTS.formatted(LINES) + RESULT);

        FleetReport report = follow(scripts, () -> {
            engine.stop();
            Thread.sleep(8_000);
            engine.start("--live-restore");
        });

        assertThat(report.tasks())
                .allSatisfy(task -> assertThat(task.outcome()).as(task.reason()).isEqualTo(Outcome.DONE));
        assertThat(Files.readAllLines(results.resolve("counts/events.jsonl")).stream()
                        .filter(line -> line.contains("\"line\"")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES)
                        .mapToObj("{\"type\":\"user\",\"line\":%d}"::formatted)
                        .toList());
        assertThat(console.toString())
                .containsOnlyOnce("The engine does not answer; waiting for up to 5m")
                .containsOnlyOnce("The engine was away for ")
                .doesNotContain("is stopped");
    }

    @Test
    @Order(2)
    void withoutItWhatWasAtWorkWasEndedByTheEnginesRestart() throws Exception {
        engine.stop();
        engine.start();
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("was-done", BEGUN + RESULT);
        scripts.put("obeys", GOES_ON);
        scripts.put("does-not-obey", "trap '' TERM INT\n" + GOES_ON);

        FleetReport report = follow(scripts, () -> {
            engine.stop();
            engine.start();
        });

        assertThat(report.tasks())
                .extracting(task -> task.task().toString(), TaskReport::outcome, TaskReport::reason)
                .containsExactlyInAnyOrder(
                        tuple("was-done", Outcome.DONE, ""),
                        tuple("obeys", Outcome.KILLED, RESTARTED),
                        tuple("does-not-obey", Outcome.KILLED, RESTARTED));
        assertThat(console.toString()).containsOnlyOnce("The engine was away for ");
    }

    @Test
    @Order(3)
    void anEngineThatIsKilledEndsWhatWasAtWorkOnceItIsBack() throws Exception {
        FleetReport report = follow(Map.of("works", GOES_ON), () -> {
            engine.kill();
            engine.start();
        });

        assertThat(report.tasks()).singleElement().satisfies(task -> {
            assertThat(task.outcome()).isEqualTo(Outcome.KILLED);
            assertThat(task.reason()).isEqualTo(RESTARTED);
        });
        assertThat(console.toString()).containsOnlyOnce("The engine was away for ");
    }

    private interface Restart {
        void run() throws Exception;
    }

    private FleetReport follow(Map<String, String> scripts, Restart restart) throws Exception {
        try (ScriptedAgents agents = new ScriptedAgents(scripts, CLOCKS, Optional.of(engine.address()))) {
            agents.start();
            CompletableFuture<FleetReport> report = CompletableFuture.supplyAsync(() -> followed(agents));
            awaitBegin(scripts.keySet().stream().toList());
            restart.run();
            return report.get(2, TimeUnit.MINUTES);
        }
    }

    private FleetReport followed(ScriptedAgents agents) {
        try {
            return agents.follow(new Console(), results);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitBegin(List<String> agents) throws InterruptedException {
        for (int tries = 600; tries > 0 && !agents.stream().allMatch(this::hasBegun); tries--) {
            Thread.sleep(100);
        }
        assertThat(agents.stream().filter(agent -> !hasBegun(agent)).collect(Collectors.toList()))
                .isEmpty();
    }

    private boolean hasBegun(String agent) {
        try {
            Path events = results.resolve(agent + "/events.jsonl");
            return Files.exists(events) && Files.readString(events).contains("session_id");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
