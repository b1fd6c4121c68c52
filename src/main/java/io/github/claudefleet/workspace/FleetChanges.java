package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes of a fleet's agents in workspaces of a user's repository, for that user to view, take or discard. */
public final class FleetChanges {

    private final FleetName fleet;
    private final Path project;
    private final Path root;
    private final WorkspaceRefresh refresh;

    /**
     * @param project a directory of the repository
     * @param root parent directory of all workspaces
     * @param refresh fetches the agents' newest files
     */
    public FleetChanges(FleetName fleet, Path project, Path root, WorkspaceRefresh refresh) {
        this.refresh = refresh;
        this.fleet = fleet;
        this.project = project;
        this.root = root;
    }

    /** Creates the changes of agents whose files are on this machine. */
    public FleetChanges(FleetName fleet, Path project, Path root) {
        this(fleet, project, root, WorkspaceRefresh.NONE);
    }

    /**
     * Current changes of one agent.
     *
     * @param problem why they can't be determined; empty if they can
     */
    public record Work(AgentName agent, AgentWorkspace workspace, Changes changes, String problem) {

        /** Checks whether the agent is one of several candidates, and not known to be chosen. */
        public boolean isNotChosen() {
            return workspace.home().onlyBranch();
        }

        /** Describes where the changes are. */
        public String where() {
            return IntegrationResult.where(workspace, changes);
        }
    }

    /**
     * Returns the changes of some agents, or of all.
     *
     * @param agents agent names; empty for all
     * @throws InvalidSpecException if one of them has no workspace
     */
    public List<Work> of(List<String> agents) {
        List<AgentWorkspace> all = workspaces();
        agents.forEach(name -> refuseUnknown(name, all));
        return all.stream()
                .filter(one ->
                        agents.isEmpty() || agents.contains(one.place().agent().value()))
                .map(this::work)
                .toList();
    }

    private List<AgentWorkspace> workspaces() {
        Optional<Repository> repository = Repository.around(project);
        List<AgentWorkspace> found = new ArrayList<>();
        WorkspaceLayout.removeEmpty(root, fleet);
        for (WorkspaceLayout place : WorkspaceLayout.all(root, fleet)) {
            WorkspaceLock.holding(place, () -> {
                WorkspaceRemover.mend(place);
                return place;
            });
            WorkspaceRecord.workspaceIn(place)
                    .flatMap(one -> ofThis(one, repository))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Selects a workspace of this project, even if the project has moved since it was created. */
    private Optional<AgentWorkspace> ofThis(AgentWorkspace one, Optional<Repository> repository) {
        Path root = repository.map(Repository::root).orElse(project);
        if (one.repository().root().equals(root)) {
            return Optional.of(one);
        }
        return repository
                .filter(here -> !one.repository().isPlain()
                        && !Files.exists(one.repository().root()))
                .map(one::of)
                .filter(moved -> new RunRefs(moved).isKnown());
    }

    /** Collects its changes. With merge policies that create no branch, neither does this. */
    private Work work(AgentWorkspace one) {
        AgentName agent = one.place().agent();
        try {
            refresh.fetch(one.place());
            Changes changes = switch (one.home().merge()) {
                case NONE, PATCH -> ChangeCollector.of(one, ChangeCollector.Publish.NOTHING);
                case BRANCH, MERGE, PUSH -> ChangeCollector.of(one);
            };
            return new Work(agent, one, changes, "");
        } catch (GitException | UncheckedIOException e) {
            return new Work(agent, one, Changes.unknown(one, e.getMessage()), e.getMessage());
        }
    }

    private void refuseUnknown(String name, List<AgentWorkspace> all) {
        List<String> known =
                all.stream().map(one -> one.place().agent().value()).toList();
        if (!known.contains(name)) {
            throw new InvalidSpecException(
                    "agent",
                    "\"" + name + "\" has no workspace of its own in fleet \"" + fleet + "\"",
                    known.isEmpty()
                            ? "No agent of that fleet has one; workspace.strategy worktree makes them."
                            : "Use one of: " + String.join(", ", known) + ".");
        }
    }

    /**
     * Merges the changes into what is checked out.
     *
     * @return true if there was anything to take
     * @throws IntegrationException if that fails; nothing is changed then
     */
    public static boolean take(Work work) {
        if (!work.problem().isEmpty()) {
            throw new IntegrationException("What agent " + work.agent() + " changed can't be told: " + work.problem());
        }
        AgentWorkspace workspace = work.workspace();
        if (work.isNotChosen()) {
            throw new IntegrationException("The work of agent " + work.agent() + " is one of several attempts, and is"
                    + " not known to be chosen. Nothing was changed; run claude-fleet:await, which chooses, or take it"
                    + " by hand from " + work.where() + ".");
        }
        if (workspace.hasGit()) {
            // Creates the branch if the merge policy had created none.
            return take(workspace, ChangeCollector.of(workspace));
        }
        return take(workspace, work.changes());
    }

    static boolean take(AgentWorkspace workspace, Changes changes) {
        Merge merge = Merge.of(workspace, changes);
        String branch = changes.branch();
        if (merge instanceof Merge.NotClean dirty) {
            throw new IntegrationException("The working tree has changes that are not committed, which a merge of "
                    + branch + " could overwrite: " + listed(dirty.files()) + ". Commit or stash them first.");
        } else if (merge instanceof Merge.Conflict conflict) {
            throw new IntegrationException(branch + " conflicts with what is checked out, in "
                    + listed(conflict.files()) + ". Nothing was changed; merge it by hand: git merge " + branch);
        } else if (merge instanceof Merge.Refused refused) {
            throw new IntegrationException((workspace.hasGit()
                            ? branch
                            : "What agent " + workspace.place().agent() + " changed in "
                                    + workspace.place().tree())
                    + " was not merged: " + refused.reason());
        }
        return merge instanceof Merge.Merged;
    }

    /**
     * Removes the workspace, and the branches that are merged.
     *
     * @param givenUp true to discard unmerged changes as well
     * @return remaining branches, and the locations of files that no branch has
     */
    public static List<String> clean(Work work, boolean givenUp) {
        WorkspaceLayout place = work.workspace().place();
        if (!givenUp && !work.problem().isEmpty()) {
            return List.of(place.directory() + " (" + work.problem() + ")");
        }
        if (!givenUp && !work.changes().leftOut().isEmpty()) {
            return List.of(place.tree() + " (" + listed(work.changes().leftOut()) + ")");
        }
        return WorkspaceLock.holding(place, () -> new WorkspaceRemover(place).clean(work.workspace(), givenUp));
    }

    private static String listed(List<String> files) {
        return files.stream().limit(10).collect(Collectors.joining(", "))
                + (files.size() > 10 ? " and " + (files.size() - 10) + " more" : "");
    }
}
