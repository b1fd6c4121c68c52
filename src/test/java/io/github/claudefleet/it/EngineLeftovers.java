package io.github.claudefleet.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that an {@link OwnEngine}, and a Kubernetes cluster on it, can leave behind, however it ended: processes,
 * cgroups, mounts, a bridge, files.
 */
final class EngineLeftovers {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Pattern NAME = Pattern.compile("claude-fleet-engine-(\\d+)-(\\d+)");
    /**
     * The engine's own programs, as the kernel names them. Any other process with the directory in its arguments is not
     * the engine's.
     */
    private static final Pattern PROGRAM =
            Pattern.compile("dockerd|containerd|containerd-shim|docker-proxy|runc|podman|conmon");

    /** Programs of a cluster. The kernel cuts their names to 15 characters. */
    private static final Pattern CLUSTER =
            Pattern.compile("etcd|kube-apiserver|kube-controller|kube-scheduler|kubelet");

    private static final Path POD_LOGS = Path.of("/var/log/pods");
    private static final Path CONTAINER_LOGS = Path.of("/var/log/containers");

    private static final Pattern CONTAINERD = Pattern.compile("containerd");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path directory;
    private final int number;
    private final String bridge;

    /** @param directory as named by {@link #directory()} */
    EngineLeftovers(Path directory) {
        Matcher name = NAME.matcher(directory.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(directory + " is no engine's");
        }
        this.directory = directory;
        this.number = Integer.parseInt(name.group(2));
        // The kernel limits an interface's name to 15 characters.
        this.bridge = "fleet" + name.group(1) + "-" + name.group(2);
    }

    /**
     * Returns the directory of the JVM's next engine. Its name is short enough for sockets in it, and contains the
     * JVM's pid.
     */
    static Path directory() {
        return TEMPORARY.resolve(
                "claude-fleet-engine-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
    }

    /** Removes the engines of JVMs that were killed before they could remove them. */
    static void removeAbandoned() throws IOException, InterruptedException {
        for (Path candidate : children(TEMPORARY)) {
            Matcher name = NAME.matcher(candidate.getFileName().toString());
            if (name.matches()
                    && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                new EngineLeftovers(candidate).remove();
            }
        }
    }

    /** Number of this engine among those of its JVM. */
    int number() {
        return number;
    }

    /** Name of the engine's bridge, and of its containerd namespace. */
    String bridge() {
        return bridge;
    }

    /** Removes all of it. Does not fail if it is already gone. */
    void remove() throws IOException, InterruptedException {
        endCluster();
        List<String> containers = children(directory.resolve("data/containers")).stream()
                .map(path -> path.getFileName().toString())
                .toList();
        end(pid -> isProgram(pid, PROGRAM) || isIn(containers, pid));
        unmount();
        removeGroups(containers);
        removeClusterGroup();
        removePodLogs();
        if (Files.exists(Path.of("/sys/class/net", bridge))) {
            Command.run("ip", "link", "delete", bridge);
        }
        Command.run("rm", "-rf", "--one-file-system", directory.toString());
    }

    /** Kills the programs of a cluster on the engine, and waits for their end. Kubelet would start pods again. */
    void endCluster() throws InterruptedException {
        end(pid -> isProgram(pid, CLUSTER));
    }

    /** Kills the engine's containerd, and waits for its end. */
    void endContainerd() throws InterruptedException {
        end(pid -> isProgram(pid, CONTAINERD));
    }

    private void end(LongPredicate ours) throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        List<ProcessHandle> left = processes(ours);
        while (!left.isEmpty()) {
            left.forEach(ProcessHandle::destroyForcibly);
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("processes of the engine in " + directory + " don't end: " + left);
            }
            Thread.sleep(100);
            left = processes(ours);
        }
    }

    private static List<ProcessHandle> processes(LongPredicate ours) {
        return ProcessHandle.allProcesses()
                .filter(process -> ours.test(process.pid()))
                .toList();
    }

    /** Returns true for a live process of the engine. A zombie has no arguments any more. */
    private boolean isProgram(long pid, Pattern name) {
        return name.matcher(read(pid, "comm").strip()).matches()
                && read(pid, "cmdline").contains(directory + "/");
    }

    private static boolean isIn(List<String> containers, long pid) {
        String groups = read(pid, "cgroup");
        return containers.stream().anyMatch(groups::contains)
                && !read(pid, "cmdline").isEmpty();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Unmounts in reverse order, since one mount may lie on another. */
    private void unmount() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        Optional<String> mount = lastMount();
        while (mount.isPresent()) {
            Command.run("umount", "--lazy", mount.get());
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("still mounted: " + mount.get());
            }
            mount = lastMount();
        }
    }

    private Optional<String> lastMount() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> line.split(" ")[4])
                .filter(mount -> mount.startsWith(directory + "/"))
                .reduce((former, latter) -> latter);
    }

    /** Removes the empty cgroup directories of containers that were not removed. */
    private static void removeGroups(List<String> containers) throws IOException {
        for (Path root : children(Path.of("/sys/fs/cgroup"))) {
            for (String container : containers) {
                Files.deleteIfExists(root.resolve("docker").resolve(container));
                Files.deleteIfExists(root.resolve(container));
            }
        }
    }

    /** Removes the cgroups that kubelet made, which are empty directories by now. */
    private void removeClusterGroup() throws IOException {
        for (Path root : children(Path.of("/sys/fs/cgroup"))) {
            removeGroup(root.resolve(bridge));
        }
    }

    private static void removeGroup(Path group) throws IOException {
        for (Path child : children(group)) {
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                removeGroup(child);
            }
        }
        Files.deleteIfExists(group);
    }

    /** Removes the links to containers' logs, whose directories are the same for all kubelets of a machine. */
    private void removePodLogs() throws IOException, InterruptedException {
        for (Path pod : children(POD_LOGS)) {
            if (isLinkHere(pod)) {
                Command.run("rm", "-rf", pod.toString());
            }
        }
        for (Path link : children(CONTAINER_LOGS)) {
            if (Files.isSymbolicLink(link) && Files.notExists(link)) {
                Files.deleteIfExists(link);
            }
        }
    }

    /** Returns true if a pod's directory of logs has a link into the engine's directory. */
    private boolean isLinkHere(Path pod) throws IOException {
        try (Stream<Path> all = Files.walk(pod)) {
            List<Path> links = all.filter(Files::isSymbolicLink).toList();
            for (Path link : links) {
                if (Files.readSymbolicLink(link).startsWith(directory)) {
                    return true;
                }
            }
            return false;
        } catch (UncheckedIOException e) {
            // Another kubelet has removed it meanwhile.
            return false;
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }
}
