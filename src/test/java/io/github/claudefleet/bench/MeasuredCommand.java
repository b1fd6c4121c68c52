package io.github.claudefleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Complete processes, whose start counts in a measurement.
 *
 * @param directory working directory
 * @param output file for the output of the last process
 */
record MeasuredCommand(Path directory, Path output) {

    private static final long LIMIT_SECONDS = 600;

    /** Runs a command and returns its output; throws if it fails or hangs. */
    String run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output);
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed or hung:\n" + printed);
        }
        return printed;
    }
}
