package io.github.claudefleet.it;

import java.io.IOException;
import java.util.List;

/** An engine of a test's own, beside the one that all tests share. Closing it removes everything that it has. */
public interface OwnEngine extends AutoCloseable {

    /** Where it answers, as the parameter {@code engine} and {@code DOCKER_HOST} have it. */
    String address();

    /** The docker command at this engine. */
    default DockerCommand docker() {
        return new DockerCommand(address());
    }

    /** Copies an image from the engine that all tests share. */
    default void load(String image) throws IOException, InterruptedException {
        Command.pipe(List.of("docker", "save", image), List.of("docker", "--host", address(), "load"));
    }

    @Override
    void close();
}
