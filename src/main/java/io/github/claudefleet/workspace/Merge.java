package io.github.claudefleet.workspace;

import java.util.List;

/**
 * A person's branch takes what an agent did, as the person would: with their own settings and hooks. What is not committed is
 * never touched, and a merge that conflicts leaves no trace.
 */
public sealed interface Merge {

    /** It is in, by that commit. */
    record Merged(String commit) implements Merge {}

    /** There was nothing that wasn't in already. */
    record Nothing() implements Merge {}

    /** The working tree has changes that are not committed, in these files; nothing was tried. */
    record NotClean(List<String> files) implements Merge {}

    /** Both sides changed these files; all is as before, and the agent's branch still has its changes. */
    record Conflict(List<String> files) implements Merge {}

    /** Git refused for another reason, such as a hook; all is as before. */
    record Refused(String reason) implements Merge {}

    /** Merges a branch into what is checked out. */
    static Merge of(Worktree worktree) {
        Git git = worktree.repository().asPerson();
        if (git.find("merge-base", "--is-ancestor", worktree.branch(), "HEAD").isPresent()) {
            return new Nothing();
        }
        List<String> changed = git.run(
                        "status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=dirty")
                .parts();
        if (!changed.isEmpty()) {
            return new NotClean(changed.stream().map(line -> line.substring(3)).toList());
        }
        Git.Answer answer = git.attempt(
                new byte[0],
                "merge",
                "--no-ff",
                "--no-edit",
                "--quiet",
                "-m",
                "Merge " + worktree.branch(),
                worktree.branch());
        return answer.status() == 0 ? new Merged(git.ask("rev-parse", "HEAD")) : undone(git, answer);
    }

    private static Merge undone(Git git, Git.Answer answer) {
        List<String> conflicts =
                git.run("diff", "--name-only", "-z", "--diff-filter=U").parts();
        git.find("merge", "--abort");
        String words = answer.errors().isEmpty() ? answer.text() : answer.errors();
        return conflicts.isEmpty() ? new Refused(words) : new Conflict(conflicts);
    }
}
