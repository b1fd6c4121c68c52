package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Sha256;
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
 * Where an agent's workspace is on this machine: outside the project, so that neither {@code mvn clean} nor an IDE's
 * indexing gets at it.
 *
 * @param directory all of it
 */
public record WorkspaceLayout(Path directory) {

    /**
     * The place of an agent.
     *
     * @param root of all workspaces, such as {@code ~/.claude-fleet/workspaces}
     * @param project the project's directory, which tells fleets of the same name apart
     */
    public static WorkspaceLayout of(Path root, Path project, FleetName fleet, AgentName agent) {
        String hash = new Sha256().add(real(project).toString()).shortHex();
        return new WorkspaceLayout(root.resolve(fleet + "-" + hash).resolve(agent.value()));
    }

    /** A project is the same by whichever link it is reached. */
    private static Path real(Path project) {
        try {
            return project.toRealPath();
        } catch (IOException e) {
            return project;
        }
    }

    /**
     * The places of all agents of a fleet that have one, of whatever project; also those where a killed process has only begun.
     *
     * @param root of all workspaces
     */
    static List<WorkspaceLayout> all(Path root, FleetName fleet) {
        return projects(root, fleet).stream()
                .flatMap(project -> in(project).stream())
                .toList();
    }

    /** Removes directories of a fleet that a killed process has left empty. */
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
                // Somebody else has removed it.
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
            // Removed in the meantime, with the last workspace in it.
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspaces in " + project + " can't be listed: " + FileProblem.of(e), e);
        }
    }

    /** Whose it is. */
    public AgentName agent() {
        return new AgentName(directory.getFileName().toString());
    }

    /** What the agent works in. */
    public Path tree() {
        return directory.resolve("tree");
    }

    /** The agent's own git directory, which it can write; git is never run in it on this machine. */
    public Path agentGit() {
        return directory.resolve("git");
    }

    /** What stands in the agent's container for {@code .git}, with strategy {@code worktree}. */
    public Path pointer() {
        return directory.resolve("pointer");
    }

    /** A git directory of ours, which the agent doesn't see, to write its files and look at its work with. */
    Path quarantine() {
        return directory.resolve("quarantine");
    }

    /** The index that the files were written with, and are read with. */
    Path index() {
        return directory.resolve("index");
    }

    /** The names of the files that were not written, as the person's checkout lacks them. */
    Path unwritten() {
        return directory.resolve("unwritten");
    }

    /** An empty file, to be mounted over the borrowed objects' own list of objects that they borrow. */
    Path noAlternates() {
        return directory.resolve("no-alternates");
    }

    /** The branch that has what the agent did, and the commit that was put there last. */
    Path published() {
        return directory.resolve("published.properties");
    }

    /** Held by whoever works on it. */
    Path lock() {
        return directory.resolve("lock");
    }

    /** A place for something that had to make room; within its own, since what an agent made is never taken for a place. */
    Path aside(int number) {
        return directory.resolve("kept-" + number);
    }

    /** What a directory that the agent writes directly was like before. */
    Path watched() {
        return directory.resolve("watched.properties");
    }

    Path record() {
        return directory.resolve("workspace.properties");
    }

    /** Removes its directory, and then its project's, where nothing is in it. */
    void removeIfEmpty() throws IOException {
        if (removeIfEmpty(directory)) {
            removeIfEmpty(directory.getParent());
        }
    }

    /** Tells if it is gone. */
    private static boolean removeIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
