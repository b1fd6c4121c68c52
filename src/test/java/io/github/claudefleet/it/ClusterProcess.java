package io.github.claudefleet.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Program of a {@link ThrowawayKubernetes}, which a test may stop, kill and start again. */
public final class ClusterProcess {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path log;
    private final List<String> command;
    private final EngineProcess.Condition ready;
    private Process process;

    /**
     * @param log file of its output, which a restart continues
     * @param command program and arguments
     * @param ready condition that a start waits for
     */
    ClusterProcess(Path log, List<String> command, EngineProcess.Condition ready) {
        this.log = log;
        this.command = List.copyOf(command);
        this.ready = ready;
    }

    /** Starts it and waits until it is ready. */
    public void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        Instant end = Instant.now().plus(LIMIT);
        while (!ready.holds()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError(command.get(0) + " does not get ready: " + lastLines());
            }
            Thread.sleep(500);
        }
    }

    /** Sends SIGTERM and waits for its end. */
    public void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Kills it and waits for its end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(command.get(0) + " (pid " + process.pid() + ") did not end");
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }
}
