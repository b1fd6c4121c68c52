package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that may be found at an engine's address. */
class DockerEnginesTest {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    @Test
    void aSocketThatIsMissingIsNamedWithWhatToDo() {
        Path socket = home.resolve("missing.sock");

        EngineException failure = failure("unix://" + socket, GENEROUS);

        assertThat(failure)
                .hasMessage("find a container engine: none answers\n    unix://" + socket + ": there is no such file");
        assertThat(failure.suggestion())
                .hasValue("Start Docker, or name an engine with -Dclaude-fleet.engine=unix:///path or DOCKER_HOST.");
    }

    @Test
    void aSocketThatNobodyListensOnRefuses() throws IOException {
        Path socket = home.resolve("dead.sock");
        try (ServerSocketChannel server = unixServer(socket)) {
            assertThat(server.isOpen()).isTrue();
        }

        assertThat(failure("unix://" + socket, GENEROUS))
                .hasMessageEndingWith("unix://" + socket + ": Connection refused");
    }

    @Test
    void aPortThatNobodyListensOnRefuses() throws IOException {
        int port;
        try (ServerSocket server = loopback()) {
            port = server.getLocalPort();
        }

        assertThat(failure("tcp://127.0.0.1:" + port, GENEROUS)).hasMessageContaining("Connection refused");
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        assertThat(failure("tcp://no-such-host.invalid:2375", GENEROUS))
                .hasMessageContaining("tcp://no-such-host.invalid:2375: no-such-host.invalid");
    }

    @Test
    void anHttpServerThatKnowsNoVersionIsNoEngine() throws IOException {
        assertThat(againstServer(404, "<html><body>" + "not here ".repeat(100) + "</body></html>"))
                .hasMessageContaining("is not a Docker Engine, or refuses (<html><body>not here")
                .hasMessageEndingWith("...)");
    }

    @Test
    void anHttpServerThatAnswersEverythingWithAPageIsNoEngine() throws IOException {
        assertThat(againstServer(200, "<html>welcome</html>"))
                .hasMessageEndingWith(
                        "is not a Docker Engine, or refuses (the answer is not what a Docker Engine says)");
    }

    @Test
    void anHttpServerThatAnswersOtherJsonIsNoEngine() throws IOException {
        assertThat(againstServer(200, "{\"status\":\"up\"}"))
                .hasMessageEndingWith("is not a Docker Engine, or refuses (it names no version of Docker's API)");
    }

    @Test
    void aSocketThatAcceptsAndNeverAnswersIsGivenUp() throws IOException {
        Path socket = home.resolve("mute.sock");
        try (ServerSocketChannel server = unixServer(socket)) {
            long begin = System.nanoTime();

            assertThat(failure("unix://" + socket, SHORT))
                    .hasMessageEndingWith("accepts connections and does not answer (no answer within 2s)");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(GENEROUS);
            assertThat(server.isOpen()).isTrue();
        }
    }

    @Test
    void aPortThatAcceptsAndNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket server = loopback()) {
            assertThat(failure("tcp://127.0.0.1:" + server.getLocalPort(), SHORT))
                    .hasMessageEndingWith("accepts connections and does not answer (no answer within 2s)");
        }
    }

    @Test
    void certificatesThatAreNoneAreNamed() throws IOException {
        for (String file : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.writeString(home.resolve(file), "no certificate");
        }
        Map<String, String> environment = Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", home.toString());

        Throwable failure = catchThrowable(() -> DockerEngines.connect(
                Optional.of("tcp://127.0.0.1:9"), environment, HomeDirectory.at(home), GENEROUS, warning -> {}));

        assertThat(failure)
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("TLS certificates in " + home + " can't be used: ");
    }

    @Test
    void allThatWasTriedIsNamedWhenNothingAnswers() throws IOException {
        Path dead = home.resolve("dead.sock");
        unixServer(dead).close();
        EngineAddress first = address("unix://" + home.resolve("missing.sock"));
        EngineAddress second = address("unix://" + dead);

        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> DockerEngines.firstThatAnswers(List.of(first, second), home, GENEROUS));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessage("find a container engine: none answers\n    " + first + ": there is no such file\n    "
                        + second + ": Connection refused");
    }

    private EngineException againstServer(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return failure("tcp://127.0.0.1:" + server.getAddress().getPort(), GENEROUS);
        } finally {
            server.stop(0);
        }
    }

    private EngineException failure(String engine, Duration limit) {
        EngineException failure = catchThrowableOfType(
                EngineException.class,
                () -> DockerEngines.connect(
                        Optional.of(engine), Map.of(), HomeDirectory.at(home), limit, warning -> {}));
        assertThat(failure).as("nothing that answers").isNotNull();
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        return failure;
    }

    private static EngineAddress address(String text) {
        return EngineAddress.parse("engine", text, Optional::empty);
    }

    private static ServerSocketChannel unixServer(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(socket));
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
