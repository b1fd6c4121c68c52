package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.LogRequest;
import io.github.claudefleet.engine.LogStream;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.it.ThrowawayEngine;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs on an engine that is configured to retain almost nothing of them, as is common. */
class WholeLogIT {

    private static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");
    private static final Duration GENEROUS = Duration.ofMinutes(2);

    @TempDir
    private Path home;

    @Test
    void anAgentsLogIsKeptWholeOnAnEngineThatRotatesLogs() throws Exception {
        try (ThrowawayEngine other = ThrowawayEngine.create(
                        "--log-opt=max-size=4k", "--log-opt=max-file=2", "--log-opt=compress=true");
                ContainerEngine engine =
                        DockerEngines.connect(Optional.of(other.address()), Map.of(), HomeDirectory.at(home))) {
            other.load(IMAGE);
            String id = engine.containers().create(counting());
            List<String> lines = new CopyOnWriteArrayList<>();

            engine.containers().start(id);

            try (LogStream log = engine.logs().read(new LogRequest(id, true, OptionalInt.empty()), lines::add)) {
                log.awaitEnd(GENEROUS);
            }
            lines.clear();
            try (LogStream log = engine.logs().read(new LogRequest(id, false, OptionalInt.empty()), lines::add)) {
                log.awaitEnd(GENEROUS);
            }
            assertThat(lines).hasSize(5000).startsWith("1").endsWith("5000");
        }
    }

    private static ContainerRequest counting() {
        return new ContainerRequest(
                "claude-fleet-test-whole-log",
                IMAGE,
                ContainerUser.FOR_ROOT,
                List.of("seq", "5000"),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                "/tmp",
                new NetworkAttachment("none"),
                new ResourceLimits(new MemorySize(128L << 20), Optional.empty(), 64),
                Hardening.DEFAULT.withReadOnlyRootfs(false),
                Lifecycle.ONCE);
    }
}
