package io.github.claudefleet.it;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The {@code docker} command: how a person would look at what the plugin made, and make what is not the plugin's own.
 * It finds the engine as the tests do, unless it is told another one.
 */
public final class DockerCommand {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;

    /** At the engine that all tests share. */
    public DockerCommand() {
        this.environment = Map.of();
    }

    /** @param address where another engine answers */
    DockerCommand(String address) {
        this.environment = Map.of("DOCKER_HOST", address);
    }

    /** What it printed on standard output, without the last line's end; fails with its words if it does. */
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return Command.run(environment, command);
    }

    /** Waits until a container has printed the text. */
    public void awaitLog(String container, String text) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!run("logs", container).contains(text)) {
            // What it said last may come after the look at the log.
            boolean over =
                    !run("inspect", "--format", "{{.State.Running}}", container).equals("true")
                            && !run("logs", container).contains(text);
            if (over || Instant.now().isAfter(end)) {
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
