package io.github.claudefleet.workspace;

import java.util.Optional;

/** Checks whether commits are in what is checked out: by history, or by content, as after a squash or a rebase. */
record MergedWork(AgentWorkspace workspace) {

    /** Checks whether a commit is merged. The agent's base always counts as merged. */
    boolean isIn(String commit) {
        Repository repository = workspace.repository();
        Optional<String> head = repository.asPerson().find("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        return commit.equals(workspace.base())
                || head.isPresent() && (repository.isAncestor(commit, head.get()) || addsNothing(commit, head.get()));
    }

    /**
     * Checks whether a merge would change nothing. Runs in the quarantine, so that it leaves no objects in the user's
     * repository.
     */
    private boolean addsNothing(String commit, String head) {
        Git git = QuarantineRepository.of(workspace).git();
        Git.Answer merged = git.attempt(new byte[0], "merge-tree", "--write-tree", head, commit);
        if (merged.isFine()) {
            return git.find("rev-parse", head + "^{tree}").equals(Optional.of(merged.text()));
        }
        return false;
    }
}
