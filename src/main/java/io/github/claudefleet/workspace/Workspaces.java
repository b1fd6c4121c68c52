package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The workspaces of a fleet's agents that have one of their own. */
public final class Workspaces {

    private final Ownership ownership;

    /** @param ownership how files become the containers' user's */
    public Workspaces(Ownership ownership) {
        this.ownership = ownership;
    }

    /** Gives a file, or a directory with all that is in it, to a user; where that is needed. */
    @FunctionalInterface
    public interface Ownership {
        void give(Path file, ContainerUser user);
    }

    /**
     * The same fleet, with what each agent's container sees of its workspace. Makes nothing.
     *
     * @throws InvalidSpecException if an agent is to have a worktree where there is no git repository, or no commit
     */
    public static FleetSpec settle(FleetSpec spec) {
        return spec.withAgents(spec.agents().stream()
                .map(agent -> isOwn(agent) ? agent.withWorkspace(settled(spec.name(), agent)) : agent)
                .toList());
    }

    private static Workspace settled(FleetName fleet, AgentSpec agent) {
        WorkspaceOrigin origin = agent.workspace().origin();
        Repository repository = repository(origin);
        Place place = place(fleet, agent);
        String prefix = Git.asPerson(origin.directory()).ask("rev-parse", "--show-prefix");
        return new Workspace(
                origin,
                List.of(
                        new MountSpec(place.tree(), Workspace.MOUNT, false),
                        new MountSpec(place.pointer(), Workspace.MOUNT + "/.git", true),
                        new MountSpec(place.agentGit(), ContainerPaths.GIT, false),
                        new MountSpec(repository.objects(), ContainerPaths.OBJECTS, true)),
                prefix.isEmpty() ? Workspace.MOUNT : Workspace.MOUNT + "/" + prefix.substring(0, prefix.length() - 1));
    }

    private static Repository repository(WorkspaceOrigin origin) {
        Repository repository = Repository.around(origin.directory())
                .orElseThrow(() -> new InvalidSpecException(
                        "workspace.strategy",
                        "worktree needs a git repository, and " + origin.directory() + " is in none",
                        "Make it one (git init, and a first commit), or use strategy bind."));
        repository.commit(origin.start().orElse("HEAD"));
        return repository;
    }

    /** What came of an agent's last workspace, which had to make room for a new one. */
    public record Retired(AgentName agent, Changes changes) {}

    /**
     * Makes what is missing for an agent that is about to be made. What its last workspace had is on its branch then.
     *
     * @param spec settled
     * @return what had to make room, where something was in it
     * @throws GitException if git can't
     */
    public Optional<Retired> make(FleetSpec spec, AgentSpec agent) {
        WorkspaceOrigin origin = agent.workspace().origin();
        Place place = place(spec.name(), agent);
        Optional<Changes> before = Worktree.in(place).map(last -> retire(spec.name(), agent, last));
        Repository repository = repository(origin);
        Worktree made = Worktree.make(
                repository,
                place,
                Worktree.BRANCHES + spec.name() + "/" + agent.name(),
                base(repository, origin),
                author(agent));
        List.of(made.place().tree(), made.place().agentGit(), made.place().pointer())
                .forEach(file -> ownership.give(file, spec.user()));
        return before.filter(changes -> !changes.isNothing()).map(changes -> new Retired(agent.name(), changes));
    }

    private static String base(Repository repository, WorkspaceOrigin origin) {
        if (origin.start().isPresent() || !origin.uncommitted()) {
            return repository.commit(origin.start().orElse("HEAD"));
        }
        try {
            Path scratch = Files.createTempDirectory("claude-fleet-snapshot-");
            try {
                return repository.snapshot(scratch);
            } finally {
                Trees.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what is not committed can't be taken along: " + e.getMessage(), e);
        }
    }

    private Changes retire(FleetName fleet, AgentSpec agent, Worktree last) {
        Changes changes = Inspection.of(last);
        last.remove(!changes.leftOut().isEmpty());
        return changes;
    }

    /**
     * Brings home what an agent with a workspace of its own has done so far: its branch, a patch and git's table of files.
     *
     * @param directory where the files are written
     * @return empty where it has none
     * @throws GitException if git can't
     */
    public Optional<Changes> collect(FleetName fleet, AgentSpec agent, Path directory) {
        return isOwn(agent)
                ? Worktree.in(place(fleet, agent)).map(tree -> collect(fleet, agent, tree, directory))
                : Optional.empty();
    }

    private static Changes collect(FleetName fleet, AgentSpec agent, Worktree tree, Path directory) {
        Changes changes = Inspection.of(tree);
        if (!changes.isNothing()) {
            Path folder = directory.resolve(agent.name().value());
            try {
                Files.createDirectories(folder);
                Files.write(folder.resolve("changes.patch"), Inspection.patch(tree, changes));
                Files.writeString(folder.resolve("changes.txt"), changes.stat());
            } catch (IOException e) {
                throw new UncheckedIOException("the changes can't be written to " + folder + ": " + e.getMessage(), e);
            }
        }
        return changes;
    }

    /** Whether an agent has a workspace of its own. */
    public static boolean isOwn(AgentSpec agent) {
        return agent.workspace().strategy() == WorkspaceStrategy.WORKTREE;
    }

    private static Place place(FleetName fleet, AgentSpec agent) {
        WorkspaceOrigin origin = agent.workspace().origin();
        return Place.of(origin.root(), origin.directory(), fleet, agent.name());
    }

    private static CommitAuthor author(AgentSpec agent) {
        return agent.workspace().origin().author().orElseGet(() -> CommitAuthor.of(agent.name()));
    }
}
