package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerJavaLoggingTest {

    private String before;

    @BeforeEach
    void forget() {
        before = System.getProperty(DockerJavaLogging.PROPERTY);
        System.clearProperty(DockerJavaLogging.PROPERTY);
    }

    @AfterEach
    void restore() {
        System.clearProperty(DockerJavaLogging.PROPERTY);
        if (before != null) {
            System.setProperty(DockerJavaLogging.PROPERTY, before);
        }
    }

    @Test
    void keepsTheEnvironmentOfContainersOutOfDebugLogs() {
        DockerJavaLogging.apply();

        assertThat(System.getProperty("org.slf4j.simpleLogger.log.com.github.dockerjava"))
                .isEqualTo("info");
        assertThat(System.getProperty("org.slf4j.simpleLogger.log.com.github.dockerjava.zerodep.shaded"))
                .isEqualTo("warn");
    }

    @Test
    void leavesALevelThatSomebodyChose() {
        System.setProperty(DockerJavaLogging.PROPERTY, "trace");

        DockerJavaLogging.apply();

        assertThat(System.getProperty(DockerJavaLogging.PROPERTY)).isEqualTo("trace");
    }
}
