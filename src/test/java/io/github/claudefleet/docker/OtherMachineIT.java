package io.github.claudefleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.it.ThrowawayEngine;
import io.github.claudefleet.spec.HomeDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that see this machine's directories, and one that does not, whatever their address looks like. */
class OtherMachineIT {

    @TempDir
    private Path temp;

    @Test
    void anEngineOnAnotherMachineDoesNotSeeADirectoryOfThisOne() throws Exception {
        Path hidden = Files.createDirectory(temp.resolve("hidden"));
        Path shared = Files.createDirectory(temp.resolve("shared"));
        try (ThrowawayEngine other = ThrowawayEngine.onAnotherMachine(List.of(hidden));
                ContainerEngine engine = connect(other.address())) {
            assertThat(engine.info().address()).startsWith("tcp://");
            assertThat(engine.containers().canMount(hidden)).isFalse();
            assertThat(engine.containers().canMount(shared)).isTrue();
            assertThat(other.docker().run("ps", "--all", "--quiet")).isEmpty();
        }
        assertThat(files(hidden)).isEmpty();
        assertThat(files(shared)).isEmpty();
    }

    @Test
    void anEngineOverTcpMayShareThisMachinesDirectories() throws IOException {
        Path socket = RealEngine.address().socket().orElseThrow();
        ServerSocket loopback = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (TcpRelay relay = TcpRelay.from(loopback, socket);
                ContainerEngine engine = connect(relay.address())) {
            assertThat(engine.containers().canMount(temp)).isTrue();
        }
        assertThat(files(temp)).isEmpty();
    }

    private ContainerEngine connect(String address) {
        return DockerEngines.connect(Optional.of(address), Map.of(), HomeDirectory.at(temp));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
