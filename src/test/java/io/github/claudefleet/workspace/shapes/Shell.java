package io.github.claudefleet.workspace.shapes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Shell scripts on the host, run as the person does. */
public final class Shell {

    private static final long LIMIT_SECONDS = 300;

    /** Settings from the person's home, which are not in the repository. */
    private static final Map<String, String> PERSON = Map.of(
            "GIT_AUTHOR_NAME", "Pat",
            "GIT_AUTHOR_EMAIL", "pat@example.org",
            "GIT_COMMITTER_NAME", "Pat",
            "GIT_COMMITTER_EMAIL", "pat@example.org");

    private Shell() {}

    /** Exit status and output, including errors. */
    public record Result(int status, String output) {

        public boolean isSuccess() {
            return status == 0;
        }
    }

    /** Runs a script that must succeed, and returns its output. */
    public static String run(Path directory, String script) {
        Result result = attempt(directory, PERSON, List.of("/bin/sh", "-e", "-c", script));
        if (!result.isSuccess()) {
            throw new IllegalStateException(script + "\nin " + directory + ": " + result.output());
        }
        return result.output().strip();
    }

    static Result attempt(Path directory, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "GIT_TERMINAL_PROMPT", "0"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", e);
        }
    }
}
