package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.MergePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes that an agent has made in its own workspace so far, for those who need them while the fleet is at work. */
public final class CurrentChanges {

    private final AgentWorkspace workspace;
    private final Changes changes;

    private CurrentChanges(AgentWorkspace workspace, Changes changes) {
        this.workspace = workspace;
        this.changes = changes;
    }

    /**
     * Collects the changes, and publishes them as the workspace's merge policy says.
     *
     * @throws IllegalStateException if there is no workspace of the agent's own
     * @throws GitException if git fails
     */
    public static CurrentChanges in(WorkspaceLayout place) {
        AgentWorkspace workspace = WorkspaceRecord.workspaceIn(place)
                .orElseThrow(
                        () -> new IllegalStateException("agent " + place.agent() + " has no workspace of its own"));
        return WorkspaceLock.holding(
                place,
                () -> new CurrentChanges(
                        workspace, ChangeCollector.of(workspace, ChangeIntegrator.publish(workspace))));
    }

    /**
     * Returns the branch that has the changes, or the commit that the agent started from if there are none.
     *
     * @throws IllegalStateException if the merge policy creates no branch
     */
    public String branch() {
        MergePolicy merge = workspace.home().merge();
        boolean published = merge == MergePolicy.BRANCH || merge == MergePolicy.MERGE || merge == MergePolicy.PUSH;
        if (!published || !workspace.hasGit()) {
            throw new IllegalStateException("the changes of agent "
                    + workspace.place().agent() + " are on no branch: its workspace.merge is " + merge.value());
        }
        return tip().isPresent() ? changes.branch() : changes.base();
    }

    /** Returns the commit of the branch; empty if there is nothing on it. */
    private Optional<String> tip() {
        return changes.base().equals(changes.head())
                ? Optional.empty()
                : workspace
                        .repository()
                        .alone()
                        .find("rev-parse", "--verify", "--quiet", "refs/heads/" + changes.branch() + "^{commit}");
    }

    /**
     * Returns the commit that the branch has. Without {@code workspace.commit} it lacks what the agent did not commit.
     *
     * @throws IllegalStateException if the merge policy brings no commits to the repository
     */
    String commit() {
        branch();
        return tip().orElse(changes.base());
    }

    /**
     * Adds the branch to the git directory of another agent, whose branches are those of its own start.
     *
     * @param reader workspace of the other agent
     * @param ownership changes the owner of the files to the containers' user
     * @throws IllegalStateException if its git directory was changed in a way that prevents it
     */
    public void showBranchTo(WorkspaceLayout reader, Workspaces.Ownership ownership, ContainerUser user) {
        Optional<AgentWorkspace> other = WorkspaceRecord.workspaceIn(reader).filter(AgentWorkspace::hasGit);
        if (other.isPresent() && tip().isPresent()) {
            try {
                Path created = new AgentGitDirectory(other.get()).setBranch(changes.branch(), tip().get());
                ownership.give(created, user);
            } catch (IOException e) {
                throw new IllegalStateException(
                        "branch " + changes.branch() + " can't be shown to agent " + reader.agent() + ": "
                                + FileProblem.of(e),
                        e);
            }
        }
    }

    /** Returns the changed files, relative to the repository's root, deleted ones included. */
    public List<String> files() {
        return changes.base().equals(changes.head())
                ? List.of()
                : ChangedFile.between(QuarantineRepository.of(workspace).git(), changes.base(), changes.head()).stream()
                        .map(ChangedFile::name)
                        .toList();
    }

    /**
     * Size of changes.
     *
     * @param lines number of lines that are added or removed; of a binary file none
     * @param files number of changed files
     */
    public record Size(long lines, int files) {}

    /** Returns the size of the changes. */
    public Size size() {
        if (changes.base().equals(changes.head())) {
            return new Size(0, 0);
        }
        List<String> table = QuarantineRepository.of(workspace)
                .git()
                .run(
                        "diff",
                        "--numstat",
                        "-z",
                        "--no-renames",
                        "--no-ext-diff",
                        "--no-textconv",
                        changes.base(),
                        changes.head())
                .parts();
        long lines = table.stream()
                .flatMap(row -> Stream.of(row.split("\t")).limit(2))
                .filter(number -> !number.equals("-"))
                .mapToLong(Long::parseLong)
                .sum();
        return new Size(lines, table.size());
    }

    /**
     * Writes all files, with the agent's changes, to a new directory that the agent does not see. It has no {@code .git}.
     *
     * @param ownership changes the owner of the files to the containers' user
     * @throws UncheckedIOException if they can't be written
     */
    public Files checkOut(Workspaces.Ownership ownership, ContainerUser user) {
        Path directory = workspace.place().check();
        Files files = new Files(directory);
        try {
            files.close();
            java.nio.file.Files.createDirectories(directory);
            Path index = directory.resolveSibling(directory.getFileName() + ".index");
            QuarantineRepository.of(workspace).git(directory, index).run("read-tree", "-u", "--reset", changes.head());
            java.nio.file.Files.deleteIfExists(index);
            ownership.give(directory, user);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the files to check can't be written to " + directory + ": " + FileProblem.of(e), e);
        }
    }

    /** Files to check. Closing removes them. */
    public record Files(Path directory) implements AutoCloseable {

        @Override
        public void close() {
            try {
                FileTrees.delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(directory + " can't be removed: " + FileProblem.of(e), e);
            }
        }
    }

    /** Returns the changes as a patch for {@code git apply}; empty if there are none. */
    public byte[] patch() {
        return changes.base().equals(changes.head())
                ? new byte[0]
                : WorkspaceLock.holding(workspace.place(), () -> ChangeCollector.patch(workspace, changes));
    }
}
