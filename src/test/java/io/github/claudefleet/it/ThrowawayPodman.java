package io.github.claudefleet.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Podman's API service owned by a test, isolated from the machine's own Podman. It has its own PID and mount
 * namespaces, so that all of its containers and mounts end with it. Needs root.
 */
public final class ThrowawayPodman implements OwnEngine {

    /** Network namespace of its containers. */
    public enum Networks {
        /** Namespace of this machine. */
        THE_MACHINES("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"),
        /** Separate namespace with its own loopback, so that no bridge and no firewall rule stays behind. */
        ITS_OWN("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc");

        private final List<String> unshare;

        Networks(String... unshare) {
            this.unshare = List.of(unshare);
        }
    }

    /** Mounts over what all Podmans of a machine share despite their options: locks and address assignments. */
    private static final String START = """
            mount -t tmpfs tmpfs /dev/shm
            mkdir -p /var/lib/cni
            mount -t tmpfs tmpfs /var/lib/cni
            ip link set lo up
            exec podman --root "$1/data" --runroot "$1/run" --tmpdir "$1/tmp" --network-config-dir "$1/networks" \\
                system service --time=0 "unix://$1/podman.sock"
            """;

    /** Replaces defaults that a container without an init system, or without CAP_SYS_RESOURCE, does not support. */
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
        // The process that waits for the first process of a PID namespace ignores SIGTERM.
        this.service = new EngineProcess(directory, docker(), Duration.ZERO);
    }

    /** Creates an empty service and waits until it answers. */
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
        // Conmon writes files to its working directory.
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("CONTAINERS_CONF", configuration.toString());
        service.start(builder, () -> Files.exists(socket()));
    }
}
