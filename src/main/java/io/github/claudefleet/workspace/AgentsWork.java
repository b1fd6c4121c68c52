package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Path;
import java.util.List;
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
    public record Work(AgentName agent, OwnTree tree, Changes changes) {

        /** Where it is, for people to read. */
        public String where() {
            return tree.where(changes.commits());
        }
    }

    /**
     * That of some agents, or of all.
     *
     * @param agents their names; empty for all
     * @throws InvalidSpecException if one of them has no workspace
     */
    public List<Work> of(List<String> agents) {
        List<OwnTree> all = trees();
        agents.forEach(name -> refuseUnknown(name, all));
        return all.stream()
                .filter(tree ->
                        agents.isEmpty() || agents.contains(tree.place().agent().value()))
                .map(tree -> new Work(tree.place().agent(), tree, look(tree)))
                .toList();
    }

    private List<OwnTree> trees() {
        Path root = Repository.around(project).map(Repository::root).orElse(project);
        return Place.all(this.root, fleet).stream()
                .flatMap(place -> OwnTree.in(place).stream())
                .filter(tree -> tree.repository().root().equals(root))
                .toList();
    }

    /** What is not to be a branch by itself becomes none by being looked at. */
    private static Changes look(OwnTree tree) {
        return switch (tree.home().merge()) {
            case NONE, PATCH -> Inspection.of(tree, Inspection.Publish.NOTHING);
            case BRANCH, MERGE, PUSH -> Inspection.of(tree);
        };
    }

    private void refuseUnknown(String name, List<OwnTree> all) {
        List<String> known =
                all.stream().map(tree -> tree.place().agent().value()).toList();
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
        if (work.tree().hasGit()) {
            // Where nothing was to become a branch by itself, this is what makes it one.
            Inspection.of(work.tree());
        }
        return take(work.tree());
    }

    static boolean take(OwnTree tree) {
        Merge merge = Merge.of(tree);
        String branch = tree.branch();
        if (merge instanceof Merge.NotClean dirty) {
            throw new NotTakenException("The working tree has changes that are not committed, which a merge of "
                    + branch + " could overwrite: " + listed(dirty.files()) + ". Commit or stash them first.");
        } else if (merge instanceof Merge.Conflict conflict) {
            throw new NotTakenException(branch + " conflicts with what is checked out, in " + listed(conflict.files())
                    + ". Nothing was changed; merge it by hand: git merge " + branch);
        } else if (merge instanceof Merge.Refused refused) {
            throw new NotTakenException((tree.hasGit()
                            ? branch
                            : "What agent " + tree.place().agent() + " changed in "
                                    + tree.place().tree())
                    + " was not merged: " + refused.reason());
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
            return List.of(
                    work.tree().place().tree() + " (" + listed(work.changes().leftOut()) + ")");
        }
        return work.tree().clean(givenUp);
    }

    private static String listed(List<String> files) {
        return files.stream().limit(10).collect(Collectors.joining(", "))
                + (files.size() > 10 ? " and " + (files.size() - 10) + " more" : "");
    }
}
