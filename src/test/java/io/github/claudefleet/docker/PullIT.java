package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ImageObservation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls of images from a registry on loopback, with and without a login. */
class PullIT {

    @TempDir
    private Path config;

    @Test
    void pullsTheLatestImageWhenNoTagIsNamedAndSaysHowItGoes() throws IOException {
        try (LoopbackRegistry registry = new LoopbackRegistry(Optional.empty())) {
            List<String> progress = new ArrayList<>();

            Optional<ImageObservation> pulled = pulled(registry, progress);

            assertThat(pulled)
                    .hasValueSatisfying(image -> assertThat(image.labels()).containsEntry("from", "registry"));
            assertThat(progress)
                    .filteredOn(line -> !line.contains(" layers, "))
                    .hasSize(3)
                    .startsWith("Pulling from claude-fleet-test/pulled")
                    .last()
                    .asString()
                    .isEqualTo("Status: Downloaded newer image for " + registry.image() + ":latest");
        }
    }

    @Test
    void pullsWithTheCredentialsOfDockersOwnConfiguration() throws IOException {
        try (LoopbackRegistry registry = new LoopbackRegistry(Optional.of("me:my-password"))) {
            String auth = Base64.getEncoder().encodeToString("me:my-password".getBytes(StandardCharsets.UTF_8));
            Files.writeString(
                    config.resolve("config.json"),
                    "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry.host(), auth));

            assertThat(pulled(registry, new ArrayList<>())).isPresent();
        }
    }

    @Test
    void aRegistryThatAsksForALoginInVainSaysWhatToDo() throws IOException {
        try (LoopbackRegistry registry = new LoopbackRegistry(Optional.of("me:my-password"))) {
            EngineException failure =
                    catchThrowableOfType(EngineException.class, () -> pulled(registry, new ArrayList<>()));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(failure).hasMessageStartingWith("pull image " + registry.image() + ": ");
            assertThat(failure.suggestion())
                    .hasValueSatisfying(
                            text -> assertThat(text).contains("docker pull").contains("credential helper"));
        }
    }

    @Test
    void anImageThatTheRegistryDoesNotHaveIsNotFound() throws IOException {
        try (LoopbackRegistry registry = new LoopbackRegistry(Optional.empty());
                Connection connection = RealEngine.connection(config)) {
            String missing = registry.host() + "/claude-fleet-test/missing:1";

            EngineException failure = catchThrowableOfType(
                    EngineException.class,
                    () -> new DockerEngine(connection).images().pull(missing, line -> {}));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(failure).hasMessageContaining("manifest unknown");
        }
    }

    /** Pulls the registry's image, inspects it and removes it. */
    private Optional<ImageObservation> pulled(LoopbackRegistry registry, List<String> progress) {
        try (Connection connection = RealEngine.connection(config)) {
            DockerEngine engine = new DockerEngine(connection);
            engine.images().pull(registry.image(), progress::add);
            Optional<ImageObservation> image = engine.images().find(registry.image());
            connection.client().removeImageCmd(registry.image()).withForce(true).exec();
            return image;
        }
    }
}
