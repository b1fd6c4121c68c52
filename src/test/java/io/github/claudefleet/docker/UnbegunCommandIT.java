package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.it.ThrowawayEngine;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.MemorySize;
import io.github.claudefleet.spec.ResourceLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on an engine whose runtime fails to begin some of them, as on a machine with too much to do. */
class UnbegunCommandIT {

    private static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");
    private static final Duration GENEROUS = Duration.ofMinutes(2);

    /** Fails as many times as the file says, as runc does, and otherwise is runc. */
    private static final String FAILING_RUNC = """
            #!/bin/sh
            left=$(cat %1$s)
            log=
            previous=
            for word; do
                if [ "$previous" = --log ]; then log=$word; fi
                if [ "$word" = exec ]; then exec=true; fi
                previous=$word
            done
            if [ "$exec" = true ] && [ "$left" -gt 0 ]; then
                echo $((left - 1)) > %1$s
                printf '{"level":"error","msg":"exec failed: unable to start container process: %%s","time":"2026-01-02T03:04:05Z"}\\n' \\
                    "read init-p: connection reset by peer" > "$log"
                exit 255
            fi
            exec runc "$@"
            """;

    @TempDir
    private Path home;

    @Test
    void aCommandThatTheRuntimeCouldNotBeginIsRunAgainAndNeverTakenForAnAnswer() throws Exception {
        Path failures = Files.writeString(home.resolve("failures"), "0");
        Path runtime = Files.writeString(home.resolve("runtime"), FAILING_RUNC.formatted(failures));
        Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ThrowawayEngine other =
                        ThrowawayEngine.create("--add-runtime=failing=" + runtime, "--default-runtime=failing");
                ContainerEngine engine =
                        DockerEngines.connect(Optional.of(other.address()), Map.of(), HomeDirectory.at(home))) {
            other.load(IMAGE);
            String id = engine.containers().create(sleeping());
            engine.containers().start(id);

            Files.writeString(failures, "2");
            assertThat(run(engine, id, "echo", "begun")).isEqualTo(new ExecResult(0, "begun\n", ""));
            assertThat(failures).hasContent("0");

            Files.writeString(failures, "99");
            EngineException failure = catchThrowableOfType(EngineException.class, () -> run(engine, id, "echo", "x"));
            assertThat(failure.kind()).isEqualTo(EngineException.Kind.FAILED);
            assertThat(failure)
                    .hasMessageContaining("run \"echo x\" in container")
                    .hasMessageContaining(
                            "the engine's runtime could not begin it: read init-p: connection reset by peer");

            Files.writeString(failures, "0");
            assertThat(run(engine, id, "no-such-program").output()).contains("executable file not found");
        }
    }

    private static ExecResult run(ContainerEngine engine, String id, String... command) {
        return engine.processes().run(ExecRequest.of(id, command), GENEROUS);
    }

    private static ContainerRequest sleeping() {
        return new ContainerRequest(
                "claude-fleet-test-unbegun",
                IMAGE,
                ContainerUser.FOR_ROOT,
                List.of("sleep", "600"),
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
