package io.github.claudefleet.it;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The {@code docker} command: how a person would look at what the plugin made, and make what is not the plugin's own.
 * It finds the engine as the tests do.
 */
public final class DockerCommand {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it printed on standard output, without the last line's end; fails with its words if it does. */
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("docker", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(output, StandardCharsets.UTF_8).strip();
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + said);
            }
            return said;
        } finally {
            Files.delete(output);
        }
    }

    /** Waits until a container has printed the text. */
    public void awaitLog(String container, String text) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!run("logs", container).contains(text)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(container + " never said \"" + text + "\": " + run("logs", container));
            }
            Thread.sleep(200);
        }
    }

    /** What the engine knows of a container, an image, a network or a volume. */
    public Map<String, Object> inspect(String nameOrId) throws IOException, InterruptedException {
        return JSON.readValue(run("inspect", nameOrId), new TypeReference<List<Map<String, Object>>>() {})
                .get(0);
    }
}
