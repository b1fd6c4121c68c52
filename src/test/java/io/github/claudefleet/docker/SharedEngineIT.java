package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.claudefleet.engine.ContainerEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Contract of the port on the engine that all tests share: Docker 20.10 on Debian 12. */
class SharedEngineIT extends DockerEngineContract {

    private static ContainerEngine engine;

    SharedEngineIT() {
        super(engine);
    }

    @BeforeAll
    static void connect() {
        engine = RealEngine.connect();
    }

    @AfterAll
    static void disconnect() {
        engine.close();
    }

    @Test
    void speaksTheNewestVersionOfTheApiThatEngine2010Has() {
        assumeThat(engine.info().version()).startsWith("20.10.");

        assertThat(engine.info().apiVersion()).isEqualTo("1.41");
    }
}
