package io.github.claudefleet.fleet;

import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Checks the directories of this machine that a fleet's containers use or that the plugin writes for them. */
record HostDirectoryCheck(PreconditionListener listener, HomeDirectory home) {

    /** @throws InvalidSpecException if a directory can't be used */
    void check(FleetSpec spec) {
        checkRepository(spec);
        spec.agents().stream()
                .filter(agent -> agent.workspace().strategy() == WorkspaceStrategy.BIND)
                .forEach(agent -> checkWorkspace(agent, spec));
        spec.agents().stream()
                .filter(agent -> agent.workspace().origin().strategy().isOwn())
                .map(agent -> agent.workspace().origin().root())
                .distinct()
                .forEach(this::checkRoot);
    }

    /** Warns of directories closed to the containers' user, as root's often are: Maven treats them as missing. */
    private void checkRepository(FleetSpec spec) {
        spec.java().repository().ifPresent(repository -> {
            try (Stream<Path> inIt = Files.walk(repository, 2)) {
                inIt.filter(Files::isDirectory)
                        .filter(directory ->
                                !HostFiles.canEnter(directory, spec.containers().user()))
                        .findFirst()
                        .ifPresent(directory -> listener.repositoryHidden(
                                directory, spec.containers().user()));
            } catch (IOException | UncheckedIOException e) {
                throw new InvalidSpecException(
                        "java.repository",
                        repository + " can't be listed: " + FileProblem.of(e),
                        "Name another, or none.");
            }
        });
    }

    /** Checks that the user who runs Maven can create agents' workspaces in a directory. */
    private void checkRoot(Path root) {
        Path there = root.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        boolean directory = Files.isDirectory(there);
        if (!directory || !Files.isWritable(there)) {
            throw new InvalidSpecException(
                    "workspace.root",
                    root + " can't have the agents' workspaces: " + there
                            + (directory ? " can't be written" : " is not a directory") + owner(there)
                            + home.path()
                                    .filter(there::equals)
                                    .map(path -> "; it is your home directory")
                                    .orElse(""),
                    (directory ? whatMakesWritable(there) : "Move it out of the way")
                            + ", or name another directory with -Dclaude-fleet.workspace.root.");
        }
    }

    private String whatMakesWritable(Path directory) {
        return home.path().filter(directory::equals).isPresent()
                ? "Set " + home.variable() + " to a directory that you can write and that outlives the build"
                : "Make it writable for the user who runs Maven";
    }

    private static String owner(Path file) {
        return HostFiles.uid(file)
                .map(uid -> " (it belongs to user " + uid + ")")
                .orElse("");
    }

    private static void checkWorkspace(AgentSpec agent, FleetSpec spec) {
        Path directory = agent.workspace().directory();
        if (!HostFiles.canWrite(directory, spec.containers().user())) {
            throw new InvalidSpecException(
                    "workspace",
                    directory + " of agent " + agent.name() + " can't be written by the containers' user "
                            + spec.containers().user() + " (it belongs to user "
                            + HostFiles.uid(directory).map(String::valueOf).orElse("unknown") + ")",
                    "Give it to that user (chown -R " + spec.containers().user() + " " + directory
                            + "), choose another directory with -Dclaude-fleet.workspace, or another user with"
                            + " -Dclaude-fleet.user=UID:GID.");
        }
    }
}
