package io.github.claudefleet.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.TaskTimeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cancellation of the supervisor, as by Ctrl-C. */
class FleetSupervisorCancelledIT {

    @TempDir
    private Path results;

    @Test
    @Timeout(120)
    void whatIsKnownByThenIsWritten() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        ScriptedAgents agents = new ScriptedAgents(
                Map.of("works", "echo '{\"type\":\"system\",\"subtype\":\"init\"}'; exec sleep 600\n"),
                TaskTimeouts.DEFAULT);
        try {
            agents.start();
            Thread following = new Thread(() -> {
                try {
                    agents.follow(telling(begun), results);
                    interrupted.complete(false);
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                } catch (RuntimeException e) {
                    interrupted.completeExceptionally(e);
                }
            });
            following.start();
            begun.get(60, TimeUnit.SECONDS);
            // The agent's first output arrives after the event of its beginning.
            Path events = results.resolve("works/events.jsonl");
            for (int i = 0; i < 300 && !Files.readString(events).contains("\"init\""); i++) {
                Thread.sleep(100);
            }

            following.interrupt();

            assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(new ResultFiles(results).read().tasks())
                    .singleElement()
                    .satisfies(task -> assertThat(task.task()).hasToString("works"));
            assertThat(Files.readString(events)).contains("\"init\"");
        } finally {
            agents.close();
        }
    }

    private static LogSink telling(CompletableFuture<Void> begun) {
        return new LogSink() {

            @Override
            public void debug(String line) {}

            @Override
            public void info(String line) {
                if (line.contains("works began")) {
                    begun.complete(null);
                }
            }

            @Override
            public void warn(String line) {}
        };
    }
}
