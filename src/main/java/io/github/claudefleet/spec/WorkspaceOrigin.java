package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an agent's workspace is made of.
 *
 * @param directory of the host, an absolute path
 * @param strategy how it is made
 * @param start the commit, branch or tag that an own workspace starts from; empty for what is checked out
 * @param uncommitted whether it starts with what was not committed, too
 * @param home how its changes come home
 * @param root where own workspaces are kept
 */
public record WorkspaceOrigin(
        Path directory,
        WorkspaceStrategy strategy,
        Optional<String> start,
        boolean uncommitted,
        IntegrationSpec home,
        Path root) {

    /** The same made in another way. */
    public WorkspaceOrigin by(WorkspaceStrategy other) {
        return new WorkspaceOrigin(directory, other, start, uncommitted, home, root);
    }
}
