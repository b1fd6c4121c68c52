package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * Settings for integrating an agent's changes from its own workspace.
 *
 * @param merge policy for merging the changes
 * @param commitsTheRest true to commit the agent's uncommitted changes on its branch
 * @param remote remote repository to push to, under {@link MergePolicy#PUSH}
 * @param author author of the commits; empty for the agent itself
 * @param onlyBranch true if the agent is a candidate that is not chosen, so that nothing is merged or pushed
 */
public record IntegrationSpec(
        MergePolicy merge, boolean commitsTheRest, String remote, Optional<CommitAuthor> author, boolean onlyBranch) {

    /** Default: a branch with all changes. */
    public static final IntegrationSpec DEFAULT =
            new IntegrationSpec(MergePolicy.BRANCH, true, "origin", Optional.empty());

    /** Creates settings of an agent that is no candidate. */
    public IntegrationSpec(MergePolicy merge, boolean commitsTheRest, String remote, Optional<CommitAuthor> author) {
        this(merge, commitsTheRest, remote, author, false);
    }

    /** Returns a copy for a candidate, which may be chosen. */
    public IntegrationSpec ofCandidate(boolean chosen) {
        return new IntegrationSpec(merge, commitsTheRest, remote, author, !chosen);
    }

    /** Returns a copy in which nothing is merged or pushed. */
    IntegrationSpec atMostBranch() {
        return isBeyondBranch()
                ? new IntegrationSpec(MergePolicy.BRANCH, commitsTheRest, remote, author, onlyBranch)
                : this;
    }

    /** Returns the policy as far as it holds now: a candidate that is not chosen keeps its branch. */
    public MergePolicy current() {
        return onlyBranch && isBeyondBranch() ? MergePolicy.BRANCH : merge;
    }

    private boolean isBeyondBranch() {
        return merge == MergePolicy.MERGE || merge == MergePolicy.PUSH;
    }

    /** Returns the configured author, or else the agent. */
    public CommitAuthor authorOr(AgentName agent) {
        return author.orElseGet(() -> CommitAuthor.of(agent));
    }
}
