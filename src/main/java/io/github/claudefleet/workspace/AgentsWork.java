package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a fleet's agents did in worktrees of a person's repository, for that person to see, take or give up. */
public final class AgentsWork {

    private final FleetName fleet;
    private final Path project;
    private final Path root;

    /**
     * @param project a directory of the repository
     * @param root of all workspaces
     */
    public AgentsWork(FleetName fleet, Path project, Path root) {
        this.fleet = fleet;
        this.project = project;
        this.root = root;
    }

    /** One agent's, with what is in its workspace by now on its branch. */
    public record Work(AgentName agent, Worktree worktree, Changes changes) {}

    /**
     * That of some agents, or of all.
     *
     * @param agents their names; empty for all
     * @throws InvalidSpecException if one of them has no workspace
     */
    public List<Work> of(List<String> agents) {
        List<Worktree> all = worktrees();
        agents.forEach(name -> refuseUnknown(name, all));
        return all.stream()
                .filter(worktree -> agents.isEmpty()
                        || agents.contains(worktree.place().agent().value()))
                .map(worktree -> new Work(worktree.place().agent(), worktree, Inspection.of(worktree)))
                .toList();
    }

    private List<Worktree> worktrees() {
        Optional<Repository> repository = Repository.around(project);
        return Place.all(root, fleet).stream()
                .flatMap(place -> Worktree.in(place).stream())
                .filter(worktree -> repository.equals(Optional.of(worktree.repository())))
                .toList();
    }

    private void refuseUnknown(String name, List<Worktree> all) {
        List<String> known =
                all.stream().map(worktree -> worktree.place().agent().value()).toList();
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
     * Merges it into what is checked out.
     *
     * @return whether there was anything to take
     * @throws NotTakenException if that can't be done; all is as before then
     */
    public static boolean take(Work work) {
        Merge merge = Merge.of(work.worktree());
        String branch = work.worktree().branch();
        if (merge instanceof Merge.NotClean dirty) {
            throw new NotTakenException("The working tree has changes that are not committed, which a merge of "
                    + branch + " could overwrite: " + listed(dirty.files()) + ". Commit or stash them first.");
        } else if (merge instanceof Merge.Conflict conflict) {
            throw new NotTakenException(branch + " conflicts with what is checked out, in " + listed(conflict.files())
                    + ". Nothing was changed; merge it by hand: git merge " + branch);
        } else if (merge instanceof Merge.Refused refused) {
            throw new NotTakenException(branch + " was not merged: " + refused.reason());
        }
        return merge instanceof Merge.Merged;
    }

    /**
     * Removes the workspace, and the branches that are merged.
     *
     * @param givenUp whether what is not merged goes, too
     * @return what stays: branches, and where files are that no branch has
     */
    public static List<String> clean(Work work, boolean givenUp) {
        if (!givenUp && !work.changes().leftOut().isEmpty()) {
            return List.of(work.worktree().place().tree() + " ("
                    + listed(work.changes().leftOut()) + ")");
        }
        return work.worktree().clean(givenUp);
    }

    private static String listed(List<String> files) {
        return files.stream().limit(10).collect(Collectors.joining(", "))
                + (files.size() > 10 ? " and " + (files.size() - 10) + " more" : "");
    }
}
