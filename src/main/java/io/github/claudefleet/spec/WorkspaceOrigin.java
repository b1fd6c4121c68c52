package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an agent's workspace is made of.
 *
 * @param directory of the host, an absolute path
 * @param start the commit, branch or tag that a worktree starts from; empty for what is checked out
 * @param uncommitted whether a worktree starts with what was not committed, too
 * @param author of the commits in a worktree; empty for the agent itself
 * @param root where worktrees are kept
 */
public record WorkspaceOrigin(
        Path directory,
        WorkspaceStrategy strategy,
        Optional<String> start,
        boolean uncommitted,
        Optional<CommitAuthor> author,
        Path root) {}
