package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.NetworkAttachment;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that are reached over TCP, and one whose connection is lost during work. */
class TcpEngineIT {

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
    void speaksWithAnEngineOverTcp() throws IOException {
        try (TcpRelay relay = TcpRelay.from(loopback(), socket);
                ContainerEngine engine = connect(relay, Map.of())) {
            assertThat(engine.info().version()).isEqualTo(local.info().version());
            assertThat(engine.info().address()).isEqualTo(relay.address());
        }
    }

    @Test
    void speaksWithAnEngineOverIpv6AndTakesASlashAtTheEndForNothing() throws IOException {
        InetAddress six = InetAddress.getByName("::1");
        assumeTrue(NetworkInterface.getByInetAddress(six) != null, "this machine has no IPv6");
        try (TcpRelay relay = TcpRelay.from(new ServerSocket(0, 50, six), socket)) {
            String port = relay.address().replaceFirst(".*:", "");
            Optional<String> address = Optional.of("tcp://[::1]:" + port + "/");
            try (ContainerEngine engine = DockerEngines.connect(address, Map.of(), HomeDirectory.at(home))) {
                assertThat(engine.info().version()).isEqualTo(local.info().version());
                assertThat(engine.info().address()).isEqualTo("tcp://[::1]:" + port);
            }
        }
    }

    @Test
    void speaksWithAnEngineBehindASocketWhosePathHasAllThatAddressesGiveAMeaning() throws IOException {
        Path odd = Files.createSymbolicLink(home.resolve("my %20 100% \u00fc.sock"), socket);

        try (ContainerEngine engine =
                DockerEngines.connect(Optional.of("unix://" + odd), Map.of(), HomeDirectory.at(home))) {
            assertThat(engine.info().version()).isEqualTo(local.info().version());
            assertThat(engine.info().address()).isEqualTo("unix://" + odd);
        }
    }

    @Test
    void speaksWithAnEngineThoughDockersConfigurationIsBroken() throws IOException {
        Files.createDirectories(home.resolve(".docker/config.json"));
        List<String> warnings = new ArrayList<>();

        try (ContainerEngine engine = DockerEngines.connect(
                Optional.of("unix://" + socket), Map.of(), HomeDirectory.at(home), GENEROUS, warnings::add)) {
            assertThat(engine.info().version()).isEqualTo(local.info().version());
        }

        assertThat(warnings).hasSize(1);
    }

    @Test
    void aSocketWhosePathIsTooLongForTheSystemIsNamed() {
        String address = "unix:///" + "x".repeat(107);

        EngineException failure = catchThrowableOfType(
                EngineException.class,
                () -> DockerEngines.connect(Optional.of(address), Map.of(), HomeDirectory.at(home)));

        assertThat(failure).hasMessageContaining("its path is longer than the 107 bytes that a socket's can have");
    }

    @Test
    void speaksWithAnEngineOverTlsAndShowsItsCertificate() throws Exception {
        try (TcpRelay relay = TcpRelay.from(Certificates.in(home).server(), socket);
                ContainerEngine engine =
                        connect(relay, Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", home.toString()))) {
            assertThat(engine.info().version()).isEqualTo(local.info().version());
        }
    }

    @Test
    void talksWithACommandOverTlsUntilTheEndOfItsInput() throws Exception {
        Map<String, String> environment = Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", home.toString());
        try (TcpRelay relay = TcpRelay.from(Certificates.in(home).server(), socket);
                ContainerEngine engine = connect(relay, environment)) {
            String id = engine.containers().create(sleeper());
            try {
                engine.containers().start(id);
                talk(engine, id);
                assertThat(engine.processes()
                                .run(ExecRequest.of(id, "cat", "/tmp/heard"), GENEROUS)
                                .output())
                        .isEqualTo("line\nend\n");
            } finally {
                engine.containers().remove(id);
            }
        }
    }

    @Test
    void anEngineThatWantsTlsAndIsSpokenToPlainlyIsNamed() throws Exception {
        try (TcpRelay relay = TcpRelay.from(Certificates.in(home).server(), socket)) {
            EngineException failure = catchThrowableOfType(EngineException.class, () -> connect(relay, Map.of()));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining(relay.address());
        }
    }

    @Test
    void anEngineThatGoesAwayInMidWorkIsUnreachable() throws IOException {
        try (TcpRelay relay = TcpRelay.from(loopback(), socket);
                ContainerEngine engine = connect(relay, Map.of())) {
            relay.cut();

            EngineException failure = catchThrowableOfType(
                    EngineException.class, () -> engine.images().find("claude-fleet-test/any:1"));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "inspect image claude-fleet-test/any:1: no connection to the engine at " + relay.address());
        }
    }

    private static void talk(ContainerEngine engine, String id) throws InterruptedException {
        ExecRequest cat = ExecRequest.of(id, "sh", "-c", "echo on; cat > /tmp/heard; echo end >> /tmp/heard");
        ExecSession session = engine.processes().open(cat);
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
                System.getProperty("it.baseImage", "claude-fleet-test/base:2"),
                ContainerUser.FOR_ROOT,
                List.of("sleep", "60"),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                "/tmp",
                new NetworkAttachment("none"),
                new ResourceLimits(new MemorySize(128L << 20), Optional.empty(), 64),
                Hardening.DEFAULT.withReadOnlyRootfs(false),
                Lifecycle.ONCE);
    }

    private ContainerEngine connect(TcpRelay relay, Map<String, String> environment) {
        return DockerEngines.connect(
                Optional.of(relay.address()), environment, HomeDirectory.at(home), GENEROUS, warning -> {});
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
