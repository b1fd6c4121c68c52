package io.github.claudefleet.workspace;

import java.util.Optional;

/** Tells whether commits are in what is checked out: by their history, or by their content, as after a squash or a rebase. */
record MergedWork(AgentWorkspace workspace) {

    /** Nothing but the commit that the agent started from is merged as well. */
    boolean isIn(String commit) {
        Repository repository = workspace.repository();
        Optional<String> head = repository.asPerson().find("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        return commit.equals(workspace.base())
                || head.isPresent() && (repository.isAncestor(commit, head.get()) || addsNothing(commit, head.get()));
    }

    /** Whether a merge of it would change nothing; asked in the quarantine, so that no object of the try is left with the person. */
    private boolean addsNothing(String commit, String head) {
        Git git = workspace.quarantine().git();
        Git.Answer merged = git.attempt(new byte[0], "merge-tree", "--write-tree", head, commit);
        if (merged.isFine()) {
            return git.find("rev-parse", head + "^{tree}").equals(Optional.of(merged.text()));
        }
        return false;
    }
}
