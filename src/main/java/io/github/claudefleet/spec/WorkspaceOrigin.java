package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Source from which an agent's workspace is created.
 *
 * @param directory absolute path of a directory of the host
 * @param strategy way in which the workspace is created
 * @param start commit, branch or tag that an own workspace starts from; empty for the current checkout
 * @param uncommitted true to start with uncommitted changes, too
 * @param home settings for integrating its changes
 * @param root directory for own workspaces
 */
public record WorkspaceOrigin(
        Path directory,
        WorkspaceStrategy strategy,
        Optional<String> start,
        boolean uncommitted,
        IntegrationSpec home,
        Path root) {

    /** Returns a copy with another strategy. */
    public WorkspaceOrigin by(WorkspaceStrategy other) {
        return new WorkspaceOrigin(directory, other, start, uncommitted, home, root);
    }
}
