package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * How what an agent changed in a workspace of its own comes home.
 *
 * @param merge how far
 * @param commitsTheRest whether what the agent did not commit becomes a commit on its branch
 * @param remote the remote repository to push to, where that is chosen
 * @param author of the commits; empty for the agent itself
 */
public record IntegrationSpec(MergePolicy merge, boolean commitsTheRest, String remote, Optional<CommitAuthor> author) {

    /** On a branch that has all of it. */
    public static final IntegrationSpec DEFAULT =
            new IntegrationSpec(MergePolicy.BRANCH, true, "origin", Optional.empty());

    /** Whose an agent's commits are. */
    public CommitAuthor authorOr(AgentName agent) {
        return author.orElseGet(() -> CommitAuthor.of(agent));
    }
}
