package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Endurance;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    void speaks_with_an_engine_over_ipv6_and_takes_a_slash_at_the_end_for_nothing() throws IOException {
        InetAddress six = InetAddress.getByName("::1");
        assumeTrue(NetworkInterface.getByInetAddress(six) != null, "this machine has no IPv6");
        try (Relay relay = Relay.from(new ServerSocket(0, 50, six), socket)) {
            String port = relay.address().replaceFirst(".*:", "");
            Optional<String> address = Optional.of("tcp://[::1]:" + port + "/");
            try (ContainerEngine engine = DockerEngines.connect(address, Map.of(), HomeDirectory.at(home))) {
                assertThat(engine.info().version()).isEqualTo(local.info().version());
                assertThat(engine.info().address()).isEqualTo("tcp://[::1]:" + port);
            }
        }
    }

    @Test
    void speaks_with_an_engine_behind_a_socket_whose_path_has_all_that_addresses_give_a_meaning() throws IOException {
        Path odd = Files.createSymbolicLink(home.resolve("my %20 100% \u00fc.sock"), socket);

        try (ContainerEngine engine =
                DockerEngines.connect(Optional.of("unix://" + odd), Map.of(), HomeDirectory.at(home))) {
            assertThat(engine.info().version()).isEqualTo(local.info().version());
            assertThat(engine.info().address()).isEqualTo("unix://" + odd);
        }
    }

    @Test
    void speaks_with_an_engine_though_dockers_configuration_is_broken() throws IOException {
        Files.createDirectories(home.resolve(".docker/config.json"));
        List<String> warnings = new ArrayList<>();

        try (ContainerEngine engine = DockerEngines.connect(
                Optional.of("unix://" + socket), Map.of(), HomeDirectory.at(home), GENEROUS, warnings::add)) {
            assertThat(engine.info().version()).isEqualTo(local.info().version());
        }

        assertThat(warnings).hasSize(1);
    }

    @Test
    void a_socket_whose_path_is_too_long_for_the_system_is_named() {
        String address = "unix:///" + "x".repeat(107);

        EngineException failure = catchThrowableOfType(
                EngineException.class,
                () -> DockerEngines.connect(Optional.of(address), Map.of(), HomeDirectory.at(home)));

        assertThat(failure).hasMessageContaining("its path is longer than the 107 bytes that a socket's can have");
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
        return DockerEngines.connect(
                Optional.of(relay.address()), environment, HomeDirectory.at(home), GENEROUS, warning -> {});
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
