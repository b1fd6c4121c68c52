package io.github.claudefleet.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.spec.ClusterSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EnginesTest {

    @TempDir
    private Path folder;

    @Test
    void aMissingClientIsToldWithTheLinesThatAddIt() {
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class, () -> Engines.requireClient(ClassLoader.getPlatformClassLoader()));

        assertThat(refusal).hasMessage("engine is kubernetes, whose client the plugin does not have");
        assertThat(refusal.suggestion())
                .contains("<artifactId>kubernetes-client</artifactId>", "<artifactId>kubernetes-httpclient-jdk<");
        assertThatCode(() -> Engines.requireClient(getClass().getClassLoader())).doesNotThrowAnyException();
    }

    @Test
    void theVersionOfThoseLinesIsThatOfThisBuild() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version.kubernetes-client>" + Engines.CLIENT_VERSION + "</version.kubernetes-client>");
    }

    @Test
    void aContextThatTheKubeconfigDoesNotHaveIsNamedWithThoseThatItHas() throws IOException {
        InvalidSpecException refusal =
                catchThrowableOfType(InvalidSpecException.class, () -> connect("kubernetes:other", 1));

        assertThat(refusal).hasMessage("engine names the context other, and the kubeconfig has lab");
    }

    @Test
    void aClusterThatDoesNotAnswerIsNamedByItsAddress() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        EngineException failure = catchThrowableOfType(EngineException.class, () -> connect("kubernetes:lab", port));

        assertThat(failure.kind()).isEqualTo(EngineException.Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("https://127.0.0.1:" + port);
    }

    private void connect(String engine, int port) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: lab, cluster: {server: 'https://127.0.0.1:%d'}}
                users:
                - {name: ann, user: {token: invented}}
                contexts:
                - {name: lab, context: {cluster: lab, user: ann, namespace: team}}
                current-context: lab
                """.formatted(port));
        Engines.connect(
                        Optional.of(engine),
                        Map.of("KUBECONFIG", kubeconfig.toString()),
                        HomeDirectory.at(folder),
                        Duration.ofSeconds(5),
                        warning -> {},
                        ClusterSpec.DEFAULT)
                .close();
    }
}
