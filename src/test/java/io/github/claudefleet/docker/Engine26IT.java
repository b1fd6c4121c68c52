package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.it.ThrowawayEngine;
import io.github.claudefleet.spec.HomeDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Contract of the port on Docker 26. */
@EnabledIfSystemProperty(named = "it.engine26", matches = ".+", disabledReason = "bin/test brings Docker Engine 26")
class Engine26IT extends DockerEngineContract {

    private static ThrowawayEngine docker;
    private static ContainerEngine engine;

    Engine26IT() {
        super(engine);
    }

    @BeforeAll
    static void connect(@TempDir Path home) throws IOException, InterruptedException {
        docker = ThrowawayEngine.docker26();
        docker.load(IMAGE);
        engine = DockerEngines.connect(Optional.of(docker.address()), Map.of(), HomeDirectory.at(home));
    }

    @AfterAll
    static void disconnect() {
        if (engine != null) {
            engine.close();
        }
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    void speaksTheNewestVersionOfTheApiThatThePluginKnows() {
        assertThat(engine.info().version()).startsWith("26.");
        assertThat(engine.info().apiVersion()).isEqualTo("1.44");
    }
}
