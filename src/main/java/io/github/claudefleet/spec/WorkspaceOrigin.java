package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Source from which an agent's workspace is created.
 *
 * @param directory absolute path of a directory of the host
 * @param strategy way in which the workspace is created
 * @param start commit, branch or tag that an own workspace starts from; empty for the current checkout
 * @param agentStart set if the workspace starts from what other agents made, once the agent's turn has come
 * @param uncommitted true to start with uncommitted changes, too
 * @param home settings for integrating its changes
 * @param root directory for own workspaces
 */
public record WorkspaceOrigin(
        Path directory,
        WorkspaceStrategy strategy,
        Optional<String> start,
        Optional<AgentStart> agentStart,
        boolean uncommitted,
        IntegrationSpec home,
        Path root) {

    /** Returns a copy with another strategy. */
    public WorkspaceOrigin by(WorkspaceStrategy other) {
        return new WorkspaceOrigin(directory, other, start, agentStart, uncommitted, home, root);
    }

    /** Returns a copy with other settings for integrating its changes. */
    public WorkspaceOrigin with(IntegrationSpec other) {
        return new WorkspaceOrigin(directory, strategy, start, agentStart, uncommitted, other, root);
    }

    /** Creates a source that does not depend on other agents. */
    public WorkspaceOrigin(
            Path directory,
            WorkspaceStrategy strategy,
            Optional<String> start,
            boolean uncommitted,
            IntegrationSpec home,
            Path root) {
        this(directory, strategy, start, Optional.empty(), uncommitted, home, root);
    }
}
