package io.github.claudefleet.it;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Docker Engine owned by a test, which may stop, kill and restart it; separate from the one that all tests share. All
 * of its files are below one directory; only its bridge is outside. Needs root. Closing it, or the end of this JVM,
 * removes everything.
 */
public final class ThrowawayEngine implements OwnEngine {

    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Path directory;
    private final Optional<Path> programs;
    private final Optional<OtherMachine> otherMachine;
    private final EngineProcess dockerd;

    private ThrowawayEngine(Path directory, Optional<Path> programs, Optional<OtherMachine> otherMachine) {
        this.directory = directory;
        this.programs = programs;
        this.otherMachine = otherMachine;
        this.dockerd = new EngineProcess(directory, docker(), GRACE);
    }

    /**
     * Properties of an engine that seems to run on another machine.
     *
     * @param hidden directories of this machine in whose place it sees empty ones
     * @param port port that it listens on
     */
    private record OtherMachine(List<Path> hidden, int port) {

        /** Script that covers directories in a mount namespace of its own, and then becomes the engine. */
        private static final String COVER =
                "while [ \"$1\" != -- ]; do mount -t tmpfs hidden \"$1\" || exit 1; shift; done; shift; exec \"$@\"";

        static OtherMachine without(List<Path> hidden) throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return new OtherMachine(hidden, socket.getLocalPort());
            }
        }

        String address() {
            return "tcp://127.0.0.1:" + port;
        }

        List<String> around(List<String> command) {
            List<String> all = new ArrayList<>(
                    List.of("unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", COVER, "sh"));
            hidden.forEach(directory -> all.add(directory.toString()));
            all.add("--");
            all.addAll(command);
            all.addAll(List.of("--host=" + address(), "--tls=false"));
            return all;
        }
    }

    /**
     * Creates an engine that is reached over TCP, and that sees empty directories in the place of these, as an engine on
     * another machine does.
     */
    public static ThrowawayEngine onAnotherMachine(List<Path> hidden) throws IOException, InterruptedException {
        return create(Optional.empty(), Optional.of(OtherMachine.without(hidden)));
    }

    /**
     * Creates an empty engine and waits until it answers.
     *
     * @param options options of {@code dockerd}, in addition to those that isolate it
     */
    public static ThrowawayEngine create(String... options) throws IOException, InterruptedException {
        return create(Optional.empty(), Optional.empty(), options);
    }

    /**
     * Creates an engine of Docker 26, which bin/test fetches. It has its own containerd and shim, and uses this
     * machine's runc.
     */
    public static ThrowawayEngine docker26(String... options) throws IOException, InterruptedException {
        return create(Optional.of(Path.of(ItProject.property("it.engine26"))), Optional.empty(), options);
    }

    private static ThrowawayEngine create(
            Optional<Path> programs, Optional<OtherMachine> otherMachine, String... options)
            throws IOException, InterruptedException {
        EngineLeftovers.removeAbandoned();
        ThrowawayEngine engine = new ThrowawayEngine(EngineLeftovers.directory(), programs, otherMachine);
        try {
            Files.createDirectory(engine.directory);
            engine.makeBridge();
            return engine.start(options);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    @Override
    public String address() {
        return otherMachine.map(OtherMachine::address).orElseGet(this::socket);
    }

    private String socket() {
        return "unix://" + directory.resolve("docker.sock");
    }

    /** Returns the directory of its files, which is removed when it is closed. */
    Path directory() {
        return directory;
    }

    /** Returns a name that no other engine of this machine has; its bridge and the cgroup of a cluster have it. */
    String name() {
        return dockerd.leftovers().bridge();
    }

    /** Starts it again and waits until it answers. Options such as {@code --live-restore} hold until its end. */
    public ThrowawayEngine start(String... options) throws IOException, InterruptedException {
        // A stale pid file would be trusted if another process has got that id, or if the old process was not reaped.
        Files.deleteIfExists(directory.resolve("docker.pid"));
        Files.deleteIfExists(directory.resolve("exec/containerd/containerd.pid"));
        ProcessBuilder builder = new ProcessBuilder(command(options));
        // Puts its own containerd and shims first on the path.
        programs.ifPresent(
                folder -> builder.environment().compute("PATH", (name, usual) -> folder + File.pathSeparator + usual));
        dockerd.start(builder, this::answers);
        return this;
    }

    /** Sends SIGTERM, as a shutdown of the machine or an upgrade does, and waits for its end. */
    public void stop() throws InterruptedException {
        dockerd.stop();
    }

    /**
     * Kills it and its containerd, and waits for the end of both. Containers keep running. In normal use containerd
     * ends with dockerd.
     */
    public void kill() throws InterruptedException {
        dockerd.kill();
        dockerd.leftovers().endContainerd();
    }

    @Override
    public void close() {
        dockerd.close();
    }

    /** Creates a bridge. Without it, dockerd would use the first engine's docker0, or delete that. */
    private void makeBridge() throws IOException, InterruptedException {
        String bridge = dockerd.leftovers().bridge();
        long owner = ProcessHandle.current().pid();
        Command.run("ip", "link", "add", bridge, "type", "bridge");
        // From a range that is not routed, so that it does not collide with another network.
        String address = "198.18." + owner % 250 + "." + (dockerd.leftovers().number() % 15 * 16 + 1) + "/28";
        Command.run("ip", "address", "add", address, "dev", bridge);
    }

    private List<String> command(String... options) throws IOException {
        Path noConfiguration = Files.writeString(directory.resolve("daemon.json"), "{}");
        String name = dockerd.leftovers().bridge();
        String program =
                programs.map(folder -> folder.resolve("dockerd").toString()).orElse("dockerd");
        List<String> command = new ArrayList<>(List.of(program, "--config-file=" + noConfiguration));
        command.addAll(List.of(
                "--host=" + socket(),
                "--data-root=" + directory.resolve("data"),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("docker.pid"),
                "--bridge=" + name,
                "--iptables=false",
                "--ip-forward=false",
                "--ip-masq=false",
                "--userland-proxy=false",
                "--log-level=warn",
                // If the machine has a containerd, both engines use it.
                "--containerd-namespace=" + name,
                "--containerd-plugins-namespace=" + name + "-plugins"));
        // Otherwise its own networks would get addresses of the first engine's range. Given this option a second time,
        // dockerd deletes docker0, even that of another engine (removeDefaultBridgeInterface).
        if (Files.notExists(directory.resolve("data"))) {
            command.add("--default-address-pool=base=198.19."
                    + ProcessHandle.current().pid() % 250 + ".0/24,size=28");
        }
        command.addAll(List.of(options));
        return otherMachine.map(machine -> machine.around(command)).orElse(command);
    }

    private boolean answers() throws IOException, InterruptedException {
        Process version = new ProcessBuilder("docker", "--host", address(), "version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = version.waitFor(10, TimeUnit.SECONDS);
        version.destroyForcibly();
        return ended && version.exitValue() == 0;
    }
}
