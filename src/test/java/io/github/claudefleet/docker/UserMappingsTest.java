package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import io.github.claudefleet.engine.UserMapping;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** User mappings in recorded answers of real engines. */
class UserMappingsTest {

    @ParameterizedTest
    @CsvSource({"docker-20.10, SAME", "docker-20.10-rootless, ROOTLESS", "podman-4.3-rootless, KEPT"})
    void knowsARootlessEngineByWhatItSaysOfItself(String recorded, UserMapping mapping) throws IOException {
        assertThat(UserMappings.of(version(recorded), info(recorded))).isEqualTo(mapping);
    }

    @Test
    void knowsALaterPodmanThatSaysSoAsDockerDoes() throws IOException {
        Info info = new Info().withSecurityOptions(List.of("name=seccomp,profile=default", "name=rootless"));

        assertThat(UserMappings.of(version("podman-4.3-rootless"), info)).isEqualTo(UserMapping.KEPT);
    }

    @Test
    void knowsAnEngineThatMovesUsersOnPurpose() throws IOException {
        Info info = info("docker-20.10").withSecurityOptions(List.of("name=seccomp,profile=default", "name=userns"));

        assertThat(UserMappings.of(version("docker-20.10"), info)).isEqualTo(UserMapping.REMAPPED);
    }

    @Test
    void anEngineThatSaysNothingMovesNobody() {
        assertThat(UserMappings.of(new Version(), new Info())).isEqualTo(UserMapping.SAME);
    }

    private static Info info(String recorded) throws IOException {
        return read(recorded + "-info.json", Info.class);
    }

    private static Version version(String recorded) throws IOException {
        return read(recorded + "-version.json", Version.class);
    }

    private static <T> T read(String file, Class<T> type) throws IOException {
        try (InputStream recorded = UserMappingsTest.class.getResourceAsStream(file)) {
            return EngineJson.mapper().readValue(recorded, type);
        }
    }
}
