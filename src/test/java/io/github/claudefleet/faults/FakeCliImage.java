package io.github.claudefleet.faults;

import io.github.claudefleet.claude.FakeCli;
import io.github.claudefleet.it.DockerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Image with {@link FakeCli}, which accepts any credential and answers yes to everything, without any service. */
public final class FakeCliImage implements AutoCloseable {

    private final DockerCommand docker = new DockerCommand();
    private final String tag = "claude-fleet-test/fake-cli:" + UUID.randomUUID();

    private FakeCliImage() {}

    public static FakeCliImage build(Path folder) throws IOException, InterruptedException {
        FakeCliImage image = new FakeCliImage();
        Files.writeString(folder.resolve("claude"), new FakeCli().script());
        Files.writeString(folder.resolve("Dockerfile"), """
                FROM %s
                COPY claude /usr/local/bin/claude
                RUN chmod 755 /usr/local/bin/claude
                """.formatted(
                        System.getProperty("it.baseImage", "claude-fleet-test/base:2")));
        image.docker.run("build", "--quiet", "--tag", image.tag, folder.toString());
        return image;
    }

    public String tag() {
        return tag;
    }

    @Override
    public void close() throws IOException {
        try {
            docker.run("image", "rm", tag);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
