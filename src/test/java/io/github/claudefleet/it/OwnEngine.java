package io.github.claudefleet.it;

import java.io.IOException;
import java.util.List;

/** Engine owned by a test, separate from the one that all tests share. Closing it removes everything that it has. */
public interface OwnEngine extends AutoCloseable {

    /** Returns its address, for the parameter {@code engine} and for {@code DOCKER_HOST}. */
    String address();

    /** Returns the docker command at this engine. */
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
