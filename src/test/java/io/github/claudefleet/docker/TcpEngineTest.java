package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Endurance;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is reached over TCP, and one that goes away in mid-work. */
@Tag("engine")
class TcpEngineTest {

    private static final Duration GENEROUS = Duration.ofSeconds(60);

    private ContainerEngine local;
    private Path socket;

    @TempDir
    private Path home;

    @BeforeEach
    void findSocket() {
        local = RealEngine.connect();
        socket = RealEngine.address().socket().orElseThrow();
    }

    @AfterEach
    void disconnect() {
        local.close();
    }

    @Test
    void speaks_with_an_engine_over_tcp() throws IOException {
        try (Relay relay = Relay.from(loopback(), socket);
                ContainerEngine engine = connect(relay, Map.of())) {
            assertThat(engine.info().version()).isEqualTo(local.info().version());
            assertThat(engine.info().address()).isEqualTo(relay.address());
        }
    }

    @Test
    void speaks_with_an_engine_over_tls_and_shows_its_certificate() throws Exception {
        try (Relay relay = Relay.from(Certificates.in(home).server(), socket);
                ContainerEngine engine =
                        connect(relay, Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", home.toString()))) {
            assertThat(engine.info().version()).isEqualTo(local.info().version());
        }
    }

    @Test
    void talks_with_a_command_over_tls_until_the_end_of_its_input() throws Exception {
        Map<String, String> environment = Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", home.toString());
        try (Relay relay = Relay.from(Certificates.in(home).server(), socket);
                ContainerEngine engine = connect(relay, environment)) {
            String id = engine.createContainer(sleeper());
            try {
                engine.start(id);
                talk(engine, id);
                assertThat(engine.exec(ExecRequest.of(id, "cat", "/tmp/heard"), GENEROUS)
                                .output())
                        .isEqualTo("line\nend\n");
            } finally {
                engine.removeContainer(id);
            }
        }
    }

    @Test
    void an_engine_that_wants_tls_and_is_spoken_to_plainly_is_named() throws Exception {
        try (Relay relay = Relay.from(Certificates.in(home).server(), socket)) {
            EngineException failure = catchThrowableOfType(EngineException.class, () -> connect(relay, Map.of()));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining(relay.address());
        }
    }

    @Test
    void an_engine_that_goes_away_in_mid_work_is_unreachable() throws IOException {
        try (Relay relay = Relay.from(loopback(), socket);
                ContainerEngine engine = connect(relay, Map.of())) {
            relay.cut();

            EngineException failure =
                    catchThrowableOfType(EngineException.class, () -> engine.image("claude-fleet-test/any:1"));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "inspect image claude-fleet-test/any:1: no connection to the engine at " + relay.address());
        }
    }

    private static void talk(ContainerEngine engine, String id) throws InterruptedException {
        ExecRequest cat = ExecRequest.of(id, "sh", "-c", "echo on; cat > /tmp/heard; echo end >> /tmp/heard");
        ExecSession session = engine.open(cat);
        session.awaitChange(GENEROUS);
        assertThat(session.output()).isEqualTo("on\n");
        session.send("line");
        session.close();
        for (int look = 0; look < 600 && session.exitCode().isEmpty(); look++) {
            Thread.sleep(100);
        }
        assertThat(session.exitCode()).hasValue(0);
    }

    private static ContainerRequest sleeper() {
        return new ContainerRequest(
                "claude-fleet-test-" + UUID.randomUUID(),
                System.getProperty("it.baseImage", "claude-fleet-test/base:1"),
                ContainerUser.FOR_ROOT,
                List.of("sleep", "60"),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                "/tmp",
                "none",
                List.of(),
                new ResourceLimits(new MemorySize(128L << 20), Optional.empty(), 64),
                Hardening.DEFAULT,
                Endurance.ONCE);
    }

    private ContainerEngine connect(Relay relay, Map<String, String> environment) {
        return DockerEngines.connect(Optional.of(relay.address()), environment, home, GENEROUS);
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
