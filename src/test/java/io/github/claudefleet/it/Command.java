package io.github.claudefleet.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs on this machine and waits for their end, with a time limit. */
final class Command {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Time for an image's way from one engine to another, of hundreds of megabytes. */
    private static final Duration PIPE_LIMIT = Duration.ofMinutes(10);

    private Command() {}

    static String run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), List.of(command));
    }

    /** Runs a command and returns its output without the last line's end. A failure is thrown with the output. */
    static String run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return await(process, output, command, LIMIT);
        } finally {
            Files.delete(output);
        }
    }

    /** Pipes the output of the first command into the second command. */
    static void pipe(List<String> first, List<String> second) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".out");
        try {
            ProcessBuilder.Redirect said = ProcessBuilder.Redirect.appendTo(output.toFile());
            List<Process> processes = ProcessBuilder.startPipeline(List.of(
                    new ProcessBuilder(first).redirectError(said),
                    new ProcessBuilder(second).redirectError(said).redirectOutput(said)));
            await(processes.get(0), output, first, PIPE_LIMIT);
            await(processes.get(1), output, second, PIPE_LIMIT);
        } finally {
            Files.delete(output);
        }
    }

    private static String await(Process process, Path output, List<String> command, Duration limit)
            throws IOException, InterruptedException {
        boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output, StandardCharsets.UTF_8).strip();
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + (ended ? " failed: " : " did not end: ") + said);
        }
        return said;
    }
}
