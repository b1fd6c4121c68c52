package io.github.claudefleet.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Podman's API service of a test's own, with nothing of the machine's own Podman. It has process numbers and mounts of its
 * own, so that all of its containers and mounts end with it. It needs root.
 */
public final class ThrowawayPodman implements OwnEngine {

    /** What the networks of its containers are among. */
    public enum Networks {
        /** This machine's. */
        THE_MACHINES("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"),
        /** None but its own, with a loopback of its own, so that no bridge and no rule of a firewall stays behind. */
        ITS_OWN("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc");

        private final List<String> unshare;

        Networks(String... unshare) {
            this.unshare = List.of(unshare);
        }
    }

    /** What all Podmans of a machine share whatever they are told: locks, and who has which address. */
    private static final String START = """
            mount -t tmpfs tmpfs /dev/shm
            mkdir -p /var/lib/cni
            mount -t tmpfs tmpfs /var/lib/cni
            ip link set lo up
            exec podman --root "$1/data" --runroot "$1/run" --tmpdir "$1/tmp" --network-config-dir "$1/networks" \\
                system service --time=0 "unix://$1/podman.sock"
            """;

    /** Of the defaults those that a container without an init system, or without CAP_SYS_RESOURCE, does not give. */
    private static final String CONFIGURATION = """
            [containers]
            default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
            [engine]
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            """;

    private final Path directory;
    private final EngineProcess service;

    private ThrowawayPodman(Path directory) {
        this.directory = directory;
        // Who waits for the first process of a namespace heeds no friendly signal.
        this.service = new EngineProcess(directory, docker(), Duration.ZERO);
    }

    /** A new one, empty, that answers. */
    public static ThrowawayPodman create(Networks networks) throws IOException, InterruptedException {
        EngineLeftovers.removeAbandoned();
        ThrowawayPodman podman = new ThrowawayPodman(EngineLeftovers.directory());
        try {
            podman.start(networks);
            return podman;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            podman.close();
            throw e;
        }
    }

    @Override
    public String address() {
        return "unix://" + socket();
    }

    @Override
    public void close() {
        service.close();
    }

    private Path socket() {
        return directory.resolve("podman.sock");
    }

    private void start(Networks networks) throws IOException, InterruptedException {
        Files.createDirectory(directory);
        Path configuration = Files.writeString(directory.resolve("containers.conf"), CONFIGURATION);
        List<String> command = new ArrayList<>(networks.unshare);
        command.addAll(List.of("sh", "-ec", START, "podman", directory.toString()));
        // Conmon leaves files where it is.
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("CONTAINERS_CONF", configuration.toString());
        service.start(builder, () -> Files.exists(socket()));
    }
}
