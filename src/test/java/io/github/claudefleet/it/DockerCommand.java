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
 * The {@code docker} command. Tests inspect the plugin's resources with it, and create resources that are not the
 * plugin's. It finds the engine as the tests do, unless another one is given.
 */
public final class DockerCommand {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;

    /** Uses the engine that all tests share. */
    public DockerCommand() {
        this.environment = Map.of();
    }

    /** @param address address of another engine */
    DockerCommand(String address) {
        this.environment = Map.of("DOCKER_HOST", address);
    }

    /** Runs docker and returns its standard output without the last line's end. A failure is thrown with the output. */
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return Command.run(environment, command);
    }

    /** Waits until a container has printed the text. */
    public void awaitLog(String container, String text) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!run("logs", container).contains(text)) {
            // The container's last output may come after the log was read.
            boolean over =
                    !run("inspect", "--format", "{{.State.Running}}", container).equals("true")
                            && !run("logs", container).contains(text);
            if (over || Instant.now().isAfter(end)) {
                throw new AssertionError(container + " never said \"" + text + "\": " + run("logs", container));
            }
            Thread.sleep(200);
        }
    }

    /** Returns the inspect output of a container, an image, a network or a volume. */
    public Map<String, Object> inspect(String nameOrId) throws IOException, InterruptedException {
        return JSON.readValue(run("inspect", nameOrId), new TypeReference<List<Map<String, Object>>>() {})
                .get(0);
    }
}
