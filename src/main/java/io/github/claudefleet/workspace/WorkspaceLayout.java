package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Sha256;
import io.github.claudefleet.spec.WorkspaceOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Location of an agent's workspace on the host. It is outside the project, so that neither {@code mvn clean} nor an
 * IDE's indexer reaches it.
 *
 * @param directory directory that contains all of it
 */
public record WorkspaceLayout(Path directory) {

    /**
     * Returns the location for an agent.
     *
     * @param root parent of all workspaces, such as {@code ~/.claude-fleet/workspaces}
     * @param project the project's directory, which distinguishes fleets with equal names
     */
    public static WorkspaceLayout of(Path root, Path project, FleetName fleet, AgentName agent) {
        String hash = new Sha256().add(real(project).toString()).shortHex();
        return new WorkspaceLayout(root.resolve(fleet + "-" + hash).resolve(agent.value()));
    }

    /** Returns the location for an agent of a fleet. */
    static WorkspaceLayout of(FleetName fleet, AgentSpec agent) {
        WorkspaceOrigin origin = agent.workspace().origin();
        return of(origin.root(), origin.directory(), fleet, agent.name());
    }

    /** Resolves links, so that each path to a project gives one location. */
    private static Path real(Path project) {
        try {
            return project.toRealPath();
        } catch (IOException e) {
            return project;
        }
    }

    /**
     * Returns the existing locations of a fleet's agents in all projects, including those that a killed process only
     * started.
     *
     * @param root parent of all workspaces
     */
    static List<WorkspaceLayout> all(Path root, FleetName fleet) {
        return projects(root, fleet).stream()
                .flatMap(project -> in(project).stream())
                .toList();
    }

    /** Removes directories of a fleet that a killed process left empty. */
    static void removeEmpty(Path root, FleetName fleet) {
        for (Path project : projects(root, fleet)) {
            try (Stream<Path> files = Files.list(project)) {
                List<Path> agents = files.filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                        .toList();
                for (Path agent : agents) {
                    removeIfEmpty(agent);
                }
                removeIfEmpty(project);
            } catch (NoSuchFileException e) {
                // Another process has removed it.
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "empty workspaces in " + project + " can't be removed: " + FileProblem.of(e), e);
            }
        }
    }

    private static List<Path> projects(Path root, FleetName fleet) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        Pattern name = Pattern.compile(Pattern.quote(fleet.value()) + "-[0-9a-f]{12}");
        try (Stream<Path> projects = Files.list(root)) {
            return projects.filter(project ->
                            name.matcher(project.getFileName().toString()).matches())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the workspaces in " + root + " can't be listed: " + FileProblem.of(e), e);
        }
    }

    private static List<WorkspaceLayout> in(Path project) {
        try (Stream<Path> agents = Files.list(project)) {
            return agents.sorted()
                    .filter(agent -> AgentName.isOne(agent.getFileName().toString()))
                    .map(WorkspaceLayout::new)
                    .filter(place -> Files.isRegularFile(place.record()) || Files.isRegularFile(place.lock()))
                    .toList();
        } catch (NoSuchFileException e) {
            // Removed in the meantime, with its last workspace.
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspaces in " + project + " can't be listed: " + FileProblem.of(e), e);
        }
    }

    /** Returns the agent of the workspace. */
    public AgentName agent() {
        return new AgentName(directory.getFileName().toString());
    }

    /** Returns the agent's working tree. */
    public Path tree() {
        return directory.resolve("tree");
    }

    /** Returns the agent's own git directory. The agent can write it, so git never runs in it on the host. */
    public Path agentGit() {
        return directory.resolve("git");
    }

    /** Returns the file mounted as {@code .git} in the agent's container, with strategy {@code worktree}. */
    public Path pointer() {
        return directory.resolve("pointer");
    }

    /** Returns the git directory, hidden from the agent, that writes its files and inspects its changes. */
    Path quarantine() {
        return directory.resolve("quarantine");
    }

    /** Returns the index that the files are written and read with. */
    Path index() {
        return directory.resolve("index");
    }

    /** Returns git's lock of the index, which a killed git leaves. */
    Path indexLock() {
        return directory.resolve("index.lock");
    }

    /** Returns the list of files that were not written, since the user's sparse checkout lacks them. */
    Path unwritten() {
        return directory.resolve("unwritten");
    }

    /** Returns an empty file to mount over the alternates of borrowed objects. */
    Path noAlternates() {
        return directory.resolve("no-alternates");
    }

    /** Returns the record of the agent's branch and the commit published there last. */
    Path published() {
        return directory.resolve("published.properties");
    }

    /** Returns the lock file of whoever works on it. */
    Path lock() {
        return directory.resolve("lock");
    }

    /**
     * Returns a directory for files set aside. It is inside this one, so that an agent's files are never taken for a
     * workspace.
     */
    Path aside(int number) {
        return directory.resolve("kept-" + number);
    }

    /** Returns the directory for an independent check of the agent's files. */
    Path check() {
        return directory.resolve("check");
    }

    /** Returns the stored state of a directory that the agent writes directly. */
    Path watched() {
        return directory.resolve("watched.properties");
    }

    /** Returns the git directory of transfers to and from an engine's volume. */
    Path transfer() {
        return directory.resolve("transfer");
    }

    /** Returns the record of these transfers. */
    Path transferred() {
        return directory.resolve("transferred.properties");
    }

    Path record() {
        return directory.resolve("workspace.properties");
    }

    /** Removes its directory, and then its project's, if they are empty. */
    void removeIfEmpty() throws IOException {
        if (removeIfEmpty(directory)) {
            removeIfEmpty(directory.getParent());
        }
    }

    /** Removes a directory if it is empty; false if it is not. */
    private static boolean removeIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
