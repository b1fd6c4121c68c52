package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
public record Place(Path directory) {

    /**
     * The place of an agent.
     *
     * @param root of all workspaces, such as {@code ~/.claude-fleet/workspaces}
     * @param project the project's directory, which tells fleets of the same name apart
     */
    public static Place of(Path root, Path project, FleetName fleet, AgentName agent) {
        String hash = new Sha256().add(project.toString()).shortHex();
        return new Place(root.resolve(fleet + "-" + hash).resolve(agent.value()));
    }

    /**
     * The places of all agents of a fleet that have one, of whatever project.
     *
     * @param root of all workspaces
     */
    static List<Place> all(Path root, FleetName fleet) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        Pattern name = Pattern.compile(Pattern.quote(fleet.value()) + "-[0-9a-f]{12}");
        try (Stream<Path> projects = Files.list(root)) {
            return projects.filter(project ->
                            name.matcher(project.getFileName().toString()).matches())
                    .flatMap(project -> in(project).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the workspaces in " + root + " can't be listed: " + FileProblem.of(e), e);
        }
    }

    private static List<Place> in(Path project) {
        try (Stream<Path> agents = Files.list(project)) {
            return agents.sorted()
                    .filter(agent -> AgentName.isOne(agent.getFileName().toString()))
                    .map(Place::new)
                    .filter(place -> Files.isRegularFile(place.record()))
                    .toList();
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

    /** What stands in the agent's container for {@code .git}. */
    public Path pointer() {
        return directory.resolve("pointer");
    }

    /** A git directory of ours, which the agent doesn't see, to look at its objects and files with. */
    Path inspection() {
        return directory.resolve("inspection");
    }

    /** What a directory that the agent writes directly was like before. */
    Path watched() {
        return directory.resolve("watched.properties");
    }

    Path record() {
        return directory.resolve("workspace.properties");
    }
}
