package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.faults.Fault;
import io.github.claudefleet.faults.FaultProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs without output, because nothing is printed or because the connection is dead. */
@Timeout(120)
class SilentLogIT {

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private FaultProxy proxy;
    private Connection connection;
    private DockerProcesses processes;
    private String container;

    @BeforeEach
    void start() throws IOException {
        proxy = FaultProxy.before(RealEngine.address().toString());
        EngineAddress address = EngineAddress.parse("engine", proxy.address(), Optional::empty);
        connection = Connection.open(address, home, GENEROUS, GENEROUS);
        processes = new DockerProcesses(connection.client(), connection.calls(), connection.errors(), QUIET);
        container = connection
                .client()
                .createContainerCmd(System.getProperty("it.baseImage", "claude-fleet-test/base:2"))
                .withCmd("sh", "-c", "echo first; printf second; sleep 120")
                .exec()
                .getId();
        connection.client().startContainerCmd(container).exec();
    }

    @AfterEach
    void remove() throws IOException {
        proxy.mend();
        connection.client().removeContainerCmd(container).withForce(true).exec();
        connection.close();
        proxy.close();
    }

    @Test
    void oneWhoseContainerHasNothingToSayIsFollowedOn() throws InterruptedException {
        try (LogStream log = follow()) {
            assertThat(log.awaitEnd(Duration.ofSeconds(8))).isFalse();
            assertThat(lines).containsExactly("first");
            assertThat(proxy.heard())
                    .filteredOn(call -> call.contains("tail=1"))
                    .isNotEmpty();
        }
    }

    @Test
    void oneWhoseConnectionIsDeadEndsSoThatItIsTakenUpAgain() throws InterruptedException {
        proxy.inject(Fault.LOST, "GET", "/containers/.*/logs").times(1);
        try (LogStream log = follow()) {
            assertThat(log.awaitEnd(GENEROUS)).isTrue();
            assertThat(lines).isEmpty();
        }
        try (LogStream log = follow()) {
            log.awaitEnd(Duration.ofSeconds(1));
            assertThat(lines).containsExactly("first");
        }
    }

    @Test
    void oneWhoseContainerHasEndedUnheardEndsAsWell() throws InterruptedException {
        proxy.inject(Fault.LOST, "GET", "/containers/.*/logs").times(1);
        try (LogStream log = follow()) {
            connection.client().killContainerCmd(container).exec();

            assertThat(log.awaitEnd(GENEROUS)).isTrue();
        }
    }

    @Test
    void oneWhoseConnectionIsCutHasEndedAndNotFailed() throws InterruptedException {
        proxy.inject(Fault.CUT, "GET", "/containers/.*/logs");
        try (LogStream log = follow()) {
            assertThat(log.awaitEnd(GENEROUS)).isTrue();
        }
    }

    @Test
    void oneThatNobodyCanBeAskedAboutIsFollowedOn() throws InterruptedException {
        proxy.inject(Fault.LOST, "GET", "/containers/.*/logs").times(1);
        proxy.inject(Fault.BROKEN, "GET", "/containers/.*/json");
        try (LogStream log = follow()) {
            assertThat(log.awaitEnd(Duration.ofSeconds(5))).isFalse();
        }
    }

    @Test
    void whatWasHeardIsComparedByItsEnd() {
        assertThat(bytes("first", "second").endWith(bytes("second"))).isTrue();
        assertThat(bytes("first", "second").endWith(bytes())).isTrue();
        assertThat(bytes("first").endWith(bytes("second"))).isFalse();
        assertThat(bytes().endWith(bytes("second"))).isFalse();
        assertThat(bytes("x".repeat(5000)).endWith(bytes("x".repeat(3000)))).isTrue();
    }

    private LogStream follow() {
        return processes.read(new LogRequest(container, true, OptionalInt.empty()), lines::add);
    }

    private static OutputTail bytes(String... texts) {
        OutputTail bytes = new OutputTail();
        for (String text : texts) {
            bytes.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes;
    }
}
