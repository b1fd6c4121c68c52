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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images out of a registry on loopback, with and without a login. */
@Tag("engine")
class PullTest {

    @TempDir
    private Path config;

    @Test
    void pulls_the_latest_image_when_no_tag_is_named_and_says_how_it_goes() throws IOException {
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
    void pulls_with_the_credentials_of_dockers_own_configuration() throws IOException {
        try (LoopbackRegistry registry = new LoopbackRegistry(Optional.of("me:my-password"))) {
            String auth = Base64.getEncoder().encodeToString("me:my-password".getBytes(StandardCharsets.UTF_8));
            Files.writeString(
                    config.resolve("config.json"),
                    "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry.host(), auth));

            assertThat(pulled(registry, new ArrayList<>())).isPresent();
        }
    }

    @Test
    void a_registry_that_asks_for_a_login_in_vain_says_what_to_do() throws IOException {
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
    void an_image_that_the_registry_does_not_have_is_not_found() throws IOException {
        try (LoopbackRegistry registry = new LoopbackRegistry(Optional.empty());
                Connection connection = RealEngine.connection(config)) {
            String missing = registry.host() + "/claude-fleet-test/missing:1";

            EngineException failure = catchThrowableOfType(
                    EngineException.class, () -> new DockerEngine(connection).pull(missing, line -> {}));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(failure).hasMessageContaining("manifest unknown");
        }
    }

    /** Pulls the registry's image, looks at it and removes it. */
    private Optional<ImageObservation> pulled(LoopbackRegistry registry, List<String> progress) {
        try (Connection connection = RealEngine.connection(config)) {
            DockerEngine engine = new DockerEngine(connection);
            engine.pull(registry.image(), progress::add);
            Optional<ImageObservation> image = engine.image(registry.image());
            connection.client().removeImageCmd(registry.image()).withForce(true).exec();
            return image;
        }
    }
}
