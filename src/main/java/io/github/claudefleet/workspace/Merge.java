package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import java.util.List;
import java.util.Optional;

/**
 * A person's branch takes what an agent did, as the person would: with their own settings and hooks. What is not committed is
 * never touched, and a merge that conflicts leaves no trace.
 */
public sealed interface Merge {

    /** It is in, by that commit; a copy's has none. */
    record Merged(String commit) implements Merge {}

    /** There was nothing that wasn't in already. */
    record Nothing() implements Merge {}

    /** The working tree has changes that are not committed, in these files; nothing was tried. */
    record NotClean(List<String> files) implements Merge {}

    /** Both sides changed these files; all is as before, and the agent's branch still has its changes. */
    record Conflict(List<String> files) implements Merge {}

    /** Git's own name for where the last merge, reset or rebase began. */
    String ORIG_HEAD = "ORIG_HEAD";

    /** Git refused for another reason, such as a hook; all is as before. */
    record Refused(String reason) implements Merge {}

    /** Takes it into what is checked out: the agent's branch by a merge, a copy's changes into the files. */
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
        // Where nobody made the branch since all that an agent did is not to be committed, there is nothing to merge
        // either.
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

    /** Merges without the working tree, where git can (2.38), so that a conflict leaves no trace in index, times and reflog. */
    private static Optional<Merge> tried(Git git, String ref) {
        Git.Answer trial = git.attempt(
                new byte[0], "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", "HEAD", ref);
        List<String> parts = trial.parts();
        return trial.status() == 1 && parts.size() > 1
                ? Optional.of(new Conflict(parts.subList(1, parts.size())))
                : Optional.empty();
    }

    /** A person whom git doesn't know, as on a CI's machine, can't make a merge commit. */
    private static Git named(Git git) {
        return git.find("var", "GIT_COMMITTER_IDENT").isPresent() ? git : git.by(CommitAuthor.FLEET);
    }

    /** Git remembers where a merge begins, also where it refuses to; a person may still need what it remembered before. */
    private static Merge rolledBack(Git git, Git.Answer answer, Optional<String> before) {
        List<String> conflicts =
                git.run("diff", "--name-only", "-z", "--diff-filter=U").parts();
        git.find("merge", "--abort");
        before.ifPresentOrElse(
                commit -> git.find("update-ref", ORIG_HEAD, commit), () -> git.find("update-ref", "-d", ORIG_HEAD));
        return conflicts.isEmpty() ? new Refused(answer.reason()) : new Conflict(conflicts);
    }
}
