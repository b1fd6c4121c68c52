package io.github.claudefleet.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.docker.DockerEngines;
import io.github.claudefleet.docker.TcpRelay;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.it.ThrowawayEngine;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.IntegrationResult;
import io.github.claudefleet.workspace.shapes.Shell;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transfers to a real engine that sees none of this machine's directories, over a connection that is lost again and again.
 * Its image has no directory for the workspace, so that a new volume belongs to root.
 */
class OtherMachineTransferIT {

    private static final String IMAGE = System.getProperty("it.baseImage", "claude-fleet-test/base:2");

    @TempDir
    private static Path temp;

    private static ThrowawayEngine other;

    private Path here;
    private Path project;
    private TcpRelay relay;
    private ContainerEngine engine;

    @BeforeAll
    static void createEngine() throws Exception {
        other = ThrowawayEngine.onAnotherMachine(List.of(temp));
        other.load(IMAGE);
    }

    @AfterAll
    static void removeEngine() {
        other.close();
    }

    @BeforeEach
    void connect() throws Exception {
        here = Files.createTempDirectory(temp, "person-");
        project = here.resolve("project");
        Shell.run(here, """
                git init -q -b main project && cd project && git config user.name Pat && git config user.email pat@example.org
                printf 'class App {}\\n' >App.java && head -c 20000000 /dev/urandom >big.bin
                git add -A && git commit -qm First && echo edited >>App.java && echo new >new.txt
                """);
        int port = Integer.parseInt(other.address().replaceFirst(".*:", ""));
        relay = TcpRelay.to(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        engine = DockerEngines.connect(Optional.of(relay.address()), Map.of(), HomeDirectory.at(here));
    }

    @AfterEach
    void disconnect() throws Exception {
        engine.close();
        relay.close();
        Shell.run(temp, "docker --host " + other.address() + " volume rm " + RemoteAgent.VOLUME);
    }

    @Test
    void aWorkspaceGoesThereAndComesBackByteForByte() throws Exception {
        assertThat(engine.containers().canMount(here)).isFalse();
        RemoteAgent agent = create().send();

        assertThat(inAgent(
                        "git status --porcelain && git log --format=%s && tail -n 1 App.java && cat new.txt && id -u"))
                .isEqualTo("Changes that were not committed\nFirst\nedited\nnew\n1000");
        assertThat(inAgent("sha256sum <big.bin")).isEqualTo(Shell.run(project, "sha256sum <big.bin"));
        String sum = inAgent("git config user.name A; git config user.email a@a; echo there >>App.java; "
                + "git commit -qam There; head -c 9000000 /dev/urandom >raw.bin; sha256sum <raw.bin");

        IntegrationResult result = agent.integrate();

        assertThat(result.outcome()).isEqualTo(IntegrationResult.Outcome.BRANCH);
        assertThat(Shell.run(project, "git cat-file blob claude-fleet/shop/fixer:raw.bin | sha256sum"))
                .isEqualTo(sum);
        assertThat(Shell.run(project, "git log -2 --format=%s claude-fleet/shop/fixer"))
                .isEqualTo("Work of agent fixer\nThere");
        assertThat(other.docker().run("ps", "--all", "--quiet")).isEmpty();
    }

    @Test
    void connectionsThatAreLostInMidTransferCostNothingButTime() throws Exception {
        RemoteAgent agent = create();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            clock.scheduleWithFixedDelay(relay::drop, 4000, 4000, TimeUnit.MILLISECONDS);
            agent.send();
        } finally {
            clock.shutdownNow();
        }

        assertThat(inAgent("git status --porcelain && git fsck --strict --no-dangling && sha256sum <big.bin"))
                .isEqualTo(Shell.run(project, "sha256sum <big.bin"));
    }

    private RemoteAgent create() {
        return RemoteAgent.create(here, project, WorkspaceStrategy.WORKTREE, true, engine, IMAGE);
    }

    /** Runs a script in a container as the agent's, which has the volume as its workspace. */
    private static String inAgent(String script) throws Exception {
        return other.docker()
                .run(
                        "run",
                        "--rm",
                        "--network=none",
                        "--user=1000:1000",
                        "--env=HOME=/tmp",
                        "--volume=" + RemoteAgent.VOLUME + ":/workspace",
                        "--workdir=/workspace",
                        IMAGE,
                        "/bin/sh",
                        "-ec",
                        script);
    }
}
