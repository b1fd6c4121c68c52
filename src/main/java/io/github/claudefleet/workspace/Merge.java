package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import java.util.List;
import java.util.Optional;

/**
 * Result of merging an agent's changes into a user's branch as the user would: with their own settings and hooks.
 * Uncommitted changes are never touched, and a merge that conflicts leaves no trace.
 */
public sealed interface Merge {

    /** Merged by that commit, which is empty for a copy. */
    record Merged(String commit) implements Merge {}

    /** Nothing to merge, or all of it is already merged. */
    record Nothing() implements Merge {}

    /** These files have uncommitted changes in the working tree; no merge was attempted. */
    record NotClean(List<String> files) implements Merge {}

    /** Both sides changed these files. Nothing was changed, and the agent's branch still has its changes. */
    record Conflict(List<String> files) implements Merge {}

    /** Git's ref for the commit before the last merge, reset or rebase. */
    String ORIG_HEAD = "ORIG_HEAD";

    /** Git refused for another reason, such as a hook; nothing was changed. */
    record Refused(String reason) implements Merge {}

    /** Merges into what is checked out: an agent's branch by a merge, a copy's changes as a patch to the files. */
    static Merge of(AgentWorkspace workspace, Changes changes) {
        return workspace.hasGit() ? ofBranch(workspace, changes) : ofPatch(workspace);
    }

    private static Merge ofPatch(AgentWorkspace workspace) {
        if (ChangeCollector.isTaken(workspace)) {
            return new Nothing();
        }
        Git git = Git.asPerson(workspace.repository().root())
                .with(
                        "GIT_CEILING_DIRECTORIES",
                        String.valueOf(workspace.repository().root().getParent()));
        Git.Answer answer = git.attempt(ChangeCollector.patchOf(workspace), "apply", "--whitespace=nowarn");
        if (answer.status() != 0) {
            return new Refused(answer.reason());
        }
        ChangeCollector.take(workspace);
        return new Merged("");
    }

    private static Merge ofBranch(AgentWorkspace workspace, Changes changes) {
        Git git = named(workspace.repository().asPerson());
        if (changes.base().equals(changes.head()) || new MergedWork(workspace).isIn(changes.head())) {
            return new Nothing();
        }
        List<String> changed = git.run(
                        "status",
                        "--porcelain",
                        "-z",
                        "--no-renames",
                        "--untracked-files=no",
                        "--ignore-submodules=dirty")
                .parts();
        if (!changed.isEmpty()) {
            return new NotClean(changed.stream().map(line -> line.substring(3)).toList());
        }
        String branch = changes.branch();
        // Without a branch, there is nothing to merge: the agent committed nothing, and the rest is not to be
        // committed.
        if (git.find("rev-parse", "--verify", "--quiet", "refs/heads/" + branch).isEmpty()) {
            return new Nothing();
        }
        Optional<Merge> conflict = tried(git, "refs/heads/" + branch);
        if (conflict.isPresent()) {
            return conflict.get();
        }
        Optional<String> before = git.find("rev-parse", "--verify", "--quiet", ORIG_HEAD);
        Git.Answer answer = git.attempt(
                new byte[0],
                "merge",
                "--no-ff",
                "--no-edit",
                "--quiet",
                "-m",
                "Merge " + branch,
                "refs/heads/" + branch);
        return answer.status() == 0 ? new Merged(git.ask("rev-parse", "HEAD")) : rolledBack(git, answer, before);
    }

    /**
     * Tries the merge without the working tree, where git can (2.38). A conflict then leaves index, times and reflog as
     * they are.
     */
    private static Optional<Merge> tried(Git git, String ref) {
        Git.Answer trial = git.attempt(
                new byte[0], "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", "HEAD", ref);
        List<String> parts = trial.parts();
        return trial.status() == 1 && parts.size() > 1
                ? Optional.of(new Conflict(parts.subList(1, parts.size())))
                : Optional.empty();
    }

    /** Sets a committer if git knows none, as on a CI machine: a merge commit needs one. */
    private static Git named(Git git) {
        return git.find("var", "GIT_COMMITTER_IDENT").isPresent() ? git : git.by(CommitAuthor.FLEET);
    }

    /**
     * Aborts the merge and restores ORIG_HEAD, which git sets even if it refuses the merge; the user may need the old
     * value.
     */
    private static Merge rolledBack(Git git, Git.Answer answer, Optional<String> before) {
        List<String> conflicts =
                git.run("diff", "--name-only", "-z", "--diff-filter=U").parts();
        git.find("merge", "--abort");
        before.ifPresentOrElse(
                commit -> git.find("update-ref", ORIG_HEAD, commit), () -> git.find("update-ref", "-d", ORIG_HEAD));
        return conflicts.isEmpty() ? new Refused(answer.reason()) : new Conflict(conflicts);
    }
}
