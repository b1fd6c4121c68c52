package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/**
 * Working tree and git directory of one agent for one run. The user's repository has nothing of them but refs below
 * {@code refs/claude-fleet}. In the container, git finds the agent's own git directory ({@link AgentGitDirectory}); on
 * the host, it finds none.
 *
 * @param repository its source; for a plain directory, backed by the quarantine
 * @param place its directory on the host
 * @param strategy strategy that it was created with
 * @param branch name of its branch, such as {@code claude-fleet/shop/fixer-1}; for a copy only a name
 * @param base commit that it started from
 * @param home policy for integrating its changes
 * @param run id that distinguishes it from the agent's earlier workspaces
 */
public record AgentWorkspace(
        Repository repository,
        WorkspaceLayout place,
        WorkspaceStrategy strategy,
        String branch,
        String base,
        IntegrationSpec home,
        String run) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Creates an id for a run; ids sort by time. */
    static String newRun() {
        return TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Checks whether the agent has git there, and a branch in the repository. */
    public boolean hasGit() {
        return strategy != WorkspaceStrategy.COPY;
    }

    CommitAuthor author() {
        return home.authorOr(place.agent());
    }

    /** Returns its owner as in the branch name: fleet and agent. */
    String owner() {
        return branch.substring(RefNames.BRANCHES.length());
    }

    /** Returns the paths that the agent writes or has to read. */
    List<Path> lent() {
        return hasGit()
                ? List.of(place.tree(), place.agentGit(), place.pointer(), place.noAlternates())
                : List.of(place.tree());
    }

    /** Returns this workspace with another policy for integrating its changes. */
    AgentWorkspace with(IntegrationSpec other) {
        return new AgentWorkspace(repository, place, strategy, branch, base, other, run);
    }

    /** Returns this workspace with a repository that has moved. */
    AgentWorkspace of(Repository moved) {
        return new AgentWorkspace(moved, place, strategy, branch, base, home, run);
    }

    /** Checks whether its base still exists. False if the repository is gone or was replaced by another one. */
    boolean isAttached() {
        return repository.isPlain() ? place.quarantine().toFile().isDirectory() : repository.has(base);
    }
}
