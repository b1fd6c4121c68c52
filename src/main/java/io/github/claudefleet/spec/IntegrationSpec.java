package io.github.claudefleet.spec;

import java.util.Optional;

/**
 * Settings for integrating an agent's changes from its own workspace.
 *
 * @param merge policy for merging the changes
 * @param commitsTheRest true to commit the agent's uncommitted changes on its branch
 * @param remote remote repository to push to, under {@link MergePolicy#PUSH}
 * @param author author of the commits; empty for the agent itself
 */
public record IntegrationSpec(MergePolicy merge, boolean commitsTheRest, String remote, Optional<CommitAuthor> author) {

    /** Default: a branch with all changes. */
    public static final IntegrationSpec DEFAULT =
            new IntegrationSpec(MergePolicy.BRANCH, true, "origin", Optional.empty());

    /** Returns the configured author, or else the agent. */
    public CommitAuthor authorOr(AgentName agent) {
        return author.orElseGet(() -> CommitAuthor.of(agent));
    }
}
