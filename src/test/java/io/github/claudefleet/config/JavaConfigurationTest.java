package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.JavaTools;
import io.github.claudefleet.spec.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaConfigurationTest {

    private static final Path HOME = Path.of("/home/me");

    @TempDir
    private Path repository;

    @Test
    void whoSaysNothingGetsNothing() {
        JavaConfiguration java = new JavaConfiguration();

        assertThat(java.toImage()).isEmpty();
        assertThat(spec(java)).isEqualTo(JavaTools.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "17, maven:3.9-eclipse-temurin-17",
        "21, maven:3.9-eclipse-temurin-21",
        "25, maven:3.9-eclipse-temurin-25"
    })
    void aVersionIsAnOfficialImage(String version, String image) {
        JavaConfiguration java = new JavaConfiguration();
        java.set(version);

        assertThat(java.toImage()).contains(image);
        assertThat(spec(java).repository()).as("of this build").contains(repository);
        assertThat(spec(java).settings()).as("only if told to").isEmpty();
    }

    @Test
    void whatThereIsNoImageOfIsRefusedUnlessOneIsNamed() {
        JavaConfiguration java = Beans.fill(new JavaConfiguration(), Map.of("version", "8"));
        assertThatThrownBy(java::toImage)
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("\"8\" is no version that there is an image of");

        JavaConfiguration own = Beans.fill(new JavaConfiguration(), Map.of("version", "8", "image", "acme/jdk:8"));
        assertThat(own.toImage()).contains("acme/jdk:8");
    }

    @Test
    void theRepositoryCanBeAnotherOrNone() {
        JavaConfiguration none = Beans.fill(new JavaConfiguration(), Map.of("version", "17", "repository", "none"));
        assertThat(spec(none).repository()).isEmpty();

        JavaConfiguration lost = Beans.fill(new JavaConfiguration(), Map.of("repository", "nowhere"));
        assertThatThrownBy(() -> spec(lost))
                .hasMessageContaining("java.repository")
                .hasMessageContaining("nowhere");
    }

    @Test
    void settingsAreHandedOnWhereThatIsSaid() {
        JavaConfiguration java = new JavaConfiguration();
        java.fillFrom(name -> Optional.ofNullable(
                Map.of("java", "21", "java.settings", "true").get(name)));

        assertThat(java.toImage()).contains("maven:3.9-eclipse-temurin-21");
        assertThat(spec(java).settings().map(Secret::reveal)).contains("<settings/>");
    }

    private JavaTools spec(JavaConfiguration java) {
        return java.toSpec(repository, HomeDirectory.at(HOME), new JavaConfiguration.MavenSide() {
            @Override
            public Optional<Path> localRepository() {
                return Optional.of(repository);
            }

            @Override
            public List<String> repositories() {
                return List.of();
            }

            @Override
            public Secret settings() {
                return Secret.of("<settings/>");
            }
        });
    }
}
