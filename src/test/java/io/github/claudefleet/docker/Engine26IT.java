package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.HealthCheck;
import io.github.claudefleet.engine.Lifecycle;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.engine.NetworkAttachment;
import io.github.claudefleet.engine.RestartPolicy;
import io.github.claudefleet.it.ThrowawayEngine;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Hardening;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.ResourceLimits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Contract of the port on Docker 26. */
@EnabledIfSystemProperty(named = "it.engine26", matches = ".+", disabledReason = "bin/test brings Docker Engine 26")
class Engine26IT extends DockerEngineContract {

    private static ThrowawayEngine docker;
    private static ContainerEngine engine;

    Engine26IT() {
        super(engine);
    }

    @BeforeAll
    static void connect(@TempDir Path home) throws IOException, InterruptedException {
        docker = ThrowawayEngine.docker26("--add-runtime=other=" + runc());
        docker.load(IMAGE);
        engine = DockerEngines.connect(Optional.of(docker.address()), Map.of(), HomeDirectory.at(home));
    }

    @AfterAll
    static void disconnect() {
        if (engine != null) {
            engine.close();
        }
        if (docker != null) {
            docker.close();
        }
    }

    private static String runc() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "runc"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    @Test
    void anotherRuntimeOfTheEngineRunsAContainer() throws IOException, InterruptedException {
        Hardening hardening =
                new Hardening(List.of("ALL"), List.of(), true, true, true, List.of(), Optional.of("other"));

        String id = engine.containers().create(request("other", hardening, Optional.empty()));
        try {
            engine.containers().start(id);

            assertThat(docker.docker().run("inspect", "--format", "{{.HostConfig.Runtime}} {{.State.Running}}", id))
                    .isEqualTo("other true");
            assertThat(engine.info().runtimes()).contains("other", "runc");
            assertThat(engine.info().offers("other")).isTrue();
            assertThat(engine.info().offers("runsc")).isFalse();
        } finally {
            engine.containers().remove(id);
        }
    }

    @Test
    void tellsTheHealthOfAContainerSoonAfterItsStart() throws Exception {
        HealthCheck check = new HealthCheck(List.of("/bin/sh", "-c", "echo fine; test -e /tmp/ready"));
        String id = engine.containers().create(request("healthy", Hardening.DEFAULT, Optional.of(check)));
        try {
            engine.containers().start(id);
            assertThat(docker.docker().run("ps", "--format", "{{.Status}}")).contains("(health: starting)");
            engine.processes().run(ExecRequest.of(id, "touch", "/tmp/ready"), Duration.ofSeconds(30));

            Instant end = Instant.now().plusSeconds(25);
            while (!docker.docker().run("ps", "--format", "{{.Status}}").contains("(healthy)")) {
                assertThat(Instant.now())
                        .as("earlier than the first of the rare checks")
                        .isBefore(end);
                Thread.sleep(200);
            }
        } finally {
            engine.containers().remove(id);
        }
    }

    private static ContainerRequest request(String name, Hardening hardening, Optional<HealthCheck> health) {
        return new ContainerRequest(
                name,
                IMAGE,
                new ContainerUser(1000, 1000),
                List.of("sleep", "60"),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(new Mount.Scratch("/tmp")),
                "/",
                new NetworkAttachment("none"),
                ResourceLimits.DEFAULT,
                hardening,
                new Lifecycle(RestartPolicy.ONCE, health));
    }

    @Test
    void speaksTheNewestVersionOfTheApiThatThePluginKnows() {
        assertThat(engine.info().version()).startsWith("26.");
        assertThat(engine.info().apiVersion()).isEqualTo("1.44");
    }
}
