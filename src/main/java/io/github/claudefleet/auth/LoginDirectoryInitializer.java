package io.github.claudefleet.auth;

import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates the login directory for the containers' user, before anything mounts it. */
public final class LoginDirectoryInitializer {

    private static final String PARAMETER = "auth.directory";

    private LoginDirectoryInitializer() {}

    /**
     * Creates the directory, and the one in it for agents (mode 0700), if they are missing. If Maven runs as root,
     * files in it that belong to root are given to the containers' user; files of other users are left alone.
     *
     * @param home home directory of the user who runs Maven
     * @throws InvalidSpecException if the directory can't be created, is no directory, contains the home directory, or
     *     can't be written by the containers' user
     */
    public static void prepare(LoginSpec login, ContainerUser user, HomeDirectory home) {
        Path directory = login.directory();
        checkReach(directory, home);
        create(directory, home);
        // Otherwise the engine would create it for the mount, and it would belong to root.
        create(login.directoryForAgents(), home);
        if (HostUser.isRoot()) {
            handOver(directory, user);
        }
        if (!HostFiles.canWrite(directory, user)) {
            throw new InvalidSpecException(
                    PARAMETER,
                    directory + " can't be written by the containers' user " + user + " (it belongs to user "
                            + HostFiles.uid(directory).map(String::valueOf).orElse("unknown") + ")",
                    "Give it to that user: chown -R " + user + " " + directory
                            + " — or choose another directory or -Dclaude-fleet.user.");
        }
    }

    /**
     * Rejects a directory that contains the home directory: agents can read all of it, and under root its files change
     * owner.
     */
    private static void checkReach(Path directory, HomeDirectory home) {
        if (home.path().filter(path -> path.startsWith(directory)).isPresent()) {
            throw new InvalidSpecException(
                    PARAMETER,
                    directory + " holds the home directory " + home.require() + ", and agents read everything in it",
                    "Name a directory for the login alone, such as ~/.claude-fleet/login.");
        }
    }

    private static void create(Path directory, HomeDirectory home) {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            HostFiles.createDirectories(directory);
            restrict(directory);
        } catch (IOException e) {
            boolean inHome = home.path().filter(directory::startsWith).isPresent();
            throw new InvalidSpecException(
                    PARAMETER,
                    directory + " can't be made: " + FileProblem.of(e)
                            + (inHome ? "; your home directory is " + home.require() : ""),
                    (inHome
                                    ? "Set " + home.variable()
                                            + " to a directory that you can write and that outlives the build, or choose"
                                    : "Choose")
                            + " a directory that you can write, with -Dclaude-fleet.auth.directory.");
        }
    }

    private static void restrict(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void handOver(Path directory, ContainerUser user) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> roots = files.filter(file -> HostFiles.uid(file).equals(Optional.of(0)))
                    .filter(file -> !Files.isSymbolicLink(file))
                    .toList();
            for (Path file : roots) {
                HostFiles.giveTo(file, user);
            }
        } catch (IOException e) {
            throw new InvalidSpecException(
                    PARAMETER,
                    directory + " can't be given to the containers' user " + user + " (" + FileProblem.of(e) + ")",
                    "Choose a directory on a file system that has owners.");
        }
    }

    /** Checks whether the directory is the one that the person's own Claude Code uses. */
    public static boolean isPersonal(Path directory, HomeDirectory home) {
        return home.find(ClaudeFiles.CONFIG_DIRECTORY)
                        .equals(Optional.of(directory.toAbsolutePath().normalize()))
                && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    }
}
