package io.github.claudefleet.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Shell command on this machine, with a time limit. Its input is empty. */
public final class ShellCommand {

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
     * Runs the command. At the limit, or if this thread is interrupted, it is killed with all processes that it began.
     * It prints to files, because a process that it leaves behind would hold a pipe open.
     *
     * @param output file for its standard output, which is overwritten
     * @param errors file for its standard error; the output's file for both in their order
     * @return exit status; empty if it was killed at its limit
     * @throws IOException if this machine has no {@code sh}, or the directory is not there
     */
    public OptionalInt run(Duration limit, Path output, Path errors) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectErrorStream(errors.equals(output));
        if (!errors.equals(output)) {
            builder.redirectError(errors.toFile());
        }
        environment.accept(builder.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
