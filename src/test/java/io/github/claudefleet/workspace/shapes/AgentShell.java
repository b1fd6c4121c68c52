package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.MountSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Shell that sees an agent's mounts as its container would, and otherwise only the machine's programs. It uses a mount
 * namespace, which costs a hundredth of a container.
 */
public final class AgentShell {

    private static final List<String> PROGRAMS = List.of("/usr", "/bin", "/lib", "/lib64", "/sbin");

    private final Path root;
    private final List<MountSpec> mounts;
    private final String workingDirectory;
    private final SortedMap<String, String> environment;

    /**
     * @param root empty directory
     * @param mounts mounts of the agent's container
     */
    public AgentShell(
            Path root, List<MountSpec> mounts, String workingDirectory, SortedMap<String, String> environment) {
        this.root = root;
        // Mounts that are nearer to the root come first, as with the engine.
        this.mounts = mounts.stream()
                .sorted(Comparator.comparing(mount -> mount.target().split("/").length))
                .toList();
        this.workingDirectory = workingDirectory;
        this.environment = environment;
    }

    /** Checks that this machine allows mount namespaces to its user. */
    public static boolean isPossible() {
        return Shell.attempt(Path.of("/"), Map.of(), List.of("unshare", "--map-root-user", "--mount", "true"))
                .isSuccess();
    }

    /** Runs a script that must succeed, and returns its output. */
    public String run(String script) {
        Shell.Result result = attempt(script);
        if (!result.isSuccess()) {
            throw new AgentFailedException(script + ": " + result.output());
        }
        return result.output().strip();
    }

    /** Failure of an agent's command that would also fail in a container. */
    public static final class AgentFailedException extends RuntimeException {

        AgentFailedException(String message) {
            super(message);
        }
    }

    /** Runs a script in the agent's working directory. */
    public Shell.Result attempt(String script) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of("unshare"));
        if (!isRoot()) {
            command.add("--map-root-user");
        }
        command.addAll(List.of("--mount", "--propagation", "private", "/bin/sh", "-e", "-c", namespace(script)));
        return Shell.attempt(root, Map.of(), command);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private String namespace(String script) {
        StringBuilder lines = new StringBuilder(
                        "R=" + quoted(root.toString()) + "\nmount -t tmpfs none \"$R\"\ncd \"$R\"\n")
                .append("mkdir -p tmp/home dev etc " + targets() + "\n: >dev/null; : >dev/urandom\n")
                .append("mount --bind /dev/null dev/null; mount --bind /dev/urandom dev/urandom\n")
                .append("echo root:x:0:0::/:/bin/sh >etc/passwd\n");
        PROGRAMS.forEach(program -> lines.append(
                Files.isSymbolicLink(Path.of(program))
                        ? "cp -P " + program + " .\n"
                        : Files.isDirectory(Path.of(program))
                                ? "mount --rbind " + program + " ." + program + "\n"
                                : ""));
        mounts.forEach(mount -> lines.append(mounted(mount)));
        return lines.append("exec env -i " + variables() + " chroot \"$R\" /bin/sh -e -c "
                        + quoted("cd " + quoted(workingDirectory) + "\n" + script))
                .toString();
    }

    private static String targets() {
        return PROGRAMS.stream()
                .map(Path::of)
                .filter(program -> Files.isDirectory(program) && !Files.isSymbolicLink(program))
                .map(program -> "." + program)
                .collect(Collectors.joining(" "));
    }

    private static String mounted(MountSpec mount) {
        String source = quoted(mount.source().toString());
        String target = "\"$R\"" + quoted(mount.target());
        String made = Files.isDirectory(mount.source())
                ? "[ -d " + target + " ] || mkdir -p " + target + "\n"
                : "[ -e " + target + " ] || { mkdir -p \"$(dirname " + target + ")\"; : >" + target + "; }\n";
        return made + "mount --bind " + source + " " + target + "\n"
                + (mount.readOnly() ? "mount -o remount,bind,ro " + target + "\n" : "");
    }

    private String variables() {
        StringBuilder variables = new StringBuilder("PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/tmp/home");
        environment.forEach((name, value) -> variables.append(' ').append(quoted(name + "=" + value)));
        return variables.toString();
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
