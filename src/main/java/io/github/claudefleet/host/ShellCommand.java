package io.github.claudefleet.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Shell command on this machine, with a time limit. Its input is empty, and its output and errors are one text. */
public final class ShellCommand {

    private static final int MOST_LINES = 200;

    private final String command;
    private final Path directory;
    private final Consumer<Map<String, String>> environment;

    /** @param environment changes the variables that the command gets, which are at first those of this process */
    public ShellCommand(String command, Path directory, Consumer<Map<String, String>> environment) {
        this.command = command;
        this.directory = directory;
        this.environment = environment;
    }

    /**
     * Result of the command.
     *
     * @param exitCode exit status
     * @param output last lines
     * @param inTime false if it was killed at its limit
     */
    public record Result(int exitCode, String output, boolean inTime) {}

    /**
     * Runs the command. At the limit it is killed with all processes that it began.
     *
     * @throws IOException if this machine has no {@code sh}, or the directory is not there
     */
    public Result run(Duration limit) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        environment.accept(builder.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        Deque<String> lines = new ArrayDeque<>();
        Thread reader = new Thread(() -> read(process, lines), "output of a command");
        reader.setDaemon(true);
        reader.start();
        boolean inTime = false;
        try {
            inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!inTime) {
                kill(process);
            }
        }
        int exitCode = process.waitFor();
        // A process that outlives the command may hold its output open.
        reader.join(TimeUnit.SECONDS.toMillis(5));
        synchronized (lines) {
            return new Result(exitCode, String.join("\n", lines), inTime);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void read(Process process, Deque<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    if (lines.size() > MOST_LINES) {
                        lines.remove();
                    }
                }
            }
        } catch (IOException e) {
            // The process was killed: its last lines are lost with it.
            process.destroyForcibly();
        }
    }
}
