package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuietDockerJavaTest {

    private String before;

    @BeforeEach
    void forget() {
        before = System.getProperty(QuietDockerJava.PROPERTY);
        System.clearProperty(QuietDockerJava.PROPERTY);
    }

    @AfterEach
    void restore() {
        System.clearProperty(QuietDockerJava.PROPERTY);
        if (before != null) {
            System.setProperty(QuietDockerJava.PROPERTY, before);
        }
    }

    @Test
    void keeps_the_environment_of_containers_out_of_debug_logs() {
        QuietDockerJava.apply();

        assertThat(System.getProperty("org.slf4j.simpleLogger.log.com.github.dockerjava"))
                .isEqualTo("info");
        assertThat(System.getProperty("org.slf4j.simpleLogger.log.com.github.dockerjava.zerodep.shaded"))
                .isEqualTo("warn");
    }

    @Test
    void leaves_a_level_that_somebody_chose() {
        System.setProperty(QuietDockerJava.PROPERTY, "trace");

        QuietDockerJava.apply();

        assertThat(System.getProperty(QuietDockerJava.PROPERTY)).isEqualTo("trace");
    }
}
