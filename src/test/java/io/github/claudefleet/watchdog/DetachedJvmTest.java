package io.github.claudefleet.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetachedJvmTest {

    @Test
    void itReachesTheEngineOfTheBuildWithoutTheBuildsCredentials() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", "/bin",
                "DOCKER_HOST", "tcp://127.0.0.1:1",
                "KUBECONFIG", "/home/ann/lab.yaml",
                "FLEET_TOKEN", "t0ken",
                "JAVA_TOOL_OPTIONS", "-agentlib:jdwp"));

        DetachedJvm.keepNeeded(environment);

        assertThat(environment)
                .containsOnly(
                        Map.entry("PATH", "/bin"),
                        Map.entry("DOCKER_HOST", "tcp://127.0.0.1:1"),
                        Map.entry("KUBECONFIG", "/home/ann/lab.yaml"));
    }

    @Test
    void filesOfTheBuildsDirectoryAreFoundFromAnother() {
        Map<String, String> environment =
                new HashMap<>(Map.of("KUBECONFIG", "ci/one.yaml" + File.pathSeparator + "/etc/two.yaml"));

        DetachedJvm.keepNeeded(environment);

        assertThat(environment)
                .containsEntry(
                        "KUBECONFIG", Path.of("ci/one.yaml").toAbsolutePath() + File.pathSeparator + "/etc/two.yaml");
    }
}
