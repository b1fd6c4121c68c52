package io.github.claudefleet.config;

import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parses {@code mounts}, and rejects mounts that would break the isolation of the containers. */
final class MountRules {

    private static final String PARAMETER = "mounts";
    /** Pattern that finds the separators from the end, because a Windows path contains a colon. */
    private static final Pattern FORM = Pattern.compile("(.+?):(/[^:]*)(?::(ro|rw))?");

    private static final List<String> TAKEN = List.of("/proc", "/sys", "/dev", Workspace.MOUNT, "/claude-fleet");
    /** Sockets that give root access to the engine's host to any process that can write to them. */
    private static final List<Path> ENGINE_SOCKETS = List.of(
            Path.of("/var/run/docker.sock"),
            Path.of("/run/docker.sock"),
            Path.of("/run/podman/podman.sock"),
            Path.of("/run/containerd/containerd.sock"));

    private static final List<String> PERSONAL_SOCKETS = List.of(
            ".docker/run/docker.sock", ".docker/desktop/docker.sock", ".colima/default/docker.sock", ".rd/docker.sock");

    /** Home directories in images. Directories created for a mount belong to root, but agents must write here. */
    private static final Pattern AGENTS_OWN = Pattern.compile(
            Pattern.quote(ContainerPaths.DEFAULT_HOME) + "(/.*)?|(/root|/home/[^/]+)/\\.claude(\\.json|/.*)?");

    private final ConfigurationContext configurationContext;
    private final LoginSpec login;

    MountRules(ConfigurationContext configurationContext, LoginSpec login) {
        this.configurationContext = configurationContext;
        this.login = login;
    }

    List<MountSpec> parse(List<String> lines) {
        Set<String> targets = new HashSet<>();
        List<MountSpec> mounts = lines.stream().map(this::parse).toList();
        mounts.forEach(mount -> {
            if (!targets.add(mount.target())) {
                throw refused("has two for " + mount.target(), "Give each a path of its own in the containers.");
            }
        });
        return mounts;
    }

    private MountSpec parse(String line) {
        Matcher matcher = FORM.matcher(line == null ? "" : line.strip());
        if (!matcher.matches()) {
            throw refused(
                    "has \"" + line + "\", which is not HOST_PATH:CONTAINER_PATH, with :ro or :rw at the end if wanted",
                    "Write something like ~/.aws:/home/agent/.aws:ro.");
        }
        Path source = source(matcher.group(1));
        return new MountSpec(source, target(matcher.group(2), line), !"rw".equals(matcher.group(3)));
    }

    private Path source(String text) {
        Path path = HostPaths.resolve(text, configurationContext);
        if (!Files.exists(path)) {
            throw refused("has " + path + ", which is not there", "Name a file or directory of this machine.");
        }
        if (isSocket(path) || engineSockets().anyMatch(socket -> holds(path, socket))) {
            throw refused(
                    "has " + path + ", by which a container would reach the engine's socket or a device",
                    "Name the files alone that the containers need.");
        }
        if (login.mode() == LoginMode.LOGIN && (holds(path, login.directory()) || holds(login.directory(), path))) {
            throw refused(
                    "has " + path + ", by which agents would reach the login directory " + login.directory(),
                    "Leave it out: the fleet mounts the login itself, read-only in agents.");
        }
        return path;
    }

    /** Adds the sockets among the user's files: Docker Desktop, Colima, Rancher Desktop, rootless engines. */
    private Stream<Path> engineSockets() {
        String runtime = configurationContext.environment().getOrDefault("XDG_RUNTIME_DIR", "");
        Stream<Path> inHome =
                PERSONAL_SOCKETS.stream().flatMap(socket -> configurationContext.home().find(socket).stream());
        Stream<Path> inRuntime = runtime.isBlank()
                ? Stream.empty()
                : Stream.of("docker.sock", "podman/podman.sock")
                        .map(name -> PathText.resolve(configurationContext.baseDirectory(), runtime)
                                .resolve(name));
        return Stream.of(ENGINE_SOCKETS.stream(), inHome, inRuntime).flatMap(sockets -> sockets);
    }

    private static String target(String text, String line) {
        String target = ContainerPaths.resolve("/", text);
        if (target.equals("/") || TAKEN.stream().anyMatch(taken -> isWithin(target, taken))) {
            throw refused(
                    "has \"" + line + "\", whose place in the containers is taken",
                    "Choose a path outside of / itself, " + String.join(", ", TAKEN) + ".");
        }
        if (AGENTS_OWN.matcher(target).matches()) {
            throw refused(
                    "has \"" + line + "\", which is where each agent's CLI writes files of its own",
                    "Use claudeDirectory for CLAUDE.md, rules, skills, commands and agents, and pluginDirs for plugins.");
        }
        return target;
    }

    private static boolean isWithin(String target, String taken) {
        return target.equals(taken) || target.startsWith(taken + "/");
    }

    private static boolean isSocket(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isOther();
        } catch (IOException e) {
            throw refused("has " + path + ", which can't be looked at (" + FileProblem.of(e) + ")", "Name another.");
        }
    }

    /** Returns true if the inner path exists and is the directory or inside it, with links resolved. */
    static boolean holds(Path directory, Path inner) {
        return real(inner).startsWith(real(directory)) && Files.exists(inner, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    private static InvalidSpecException refused(String problem, String suggestion) {
        return new InvalidSpecException(PARAMETER, problem, suggestion);
    }
}
