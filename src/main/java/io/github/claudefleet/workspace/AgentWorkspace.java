package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.WorkspaceStrategy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Files of its own for an agent, for one run. The person's repository knows nothing of them but refs below {@code refs/claude-fleet};
 * in the container, git finds the agent's own git directory ({@link AgentGitDirectory}), on this machine it finds none.
 *
 * @param repository what it is of; of ours, where there is none
 * @param place where it is
 * @param strategy how the agent sees it
 * @param branch the name of its branch, such as {@code claude-fleet/shop/fixer-1}, which a copy has in name only
 * @param base the commit that it started from
 * @param home how its changes come home
 * @param run tells it from the workspaces that the agent had before
 */
public record AgentWorkspace(
        Repository repository,
        WorkspaceLayout place,
        WorkspaceStrategy strategy,
        String branch,
        String base,
        IntegrationSpec home,
        String run) {

    static final String BRANCHES = "claude-fleet/";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** A name for a run, which sorts by time. */
    static String newRun() {
        return TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** The one that was made in a place before, if there is one. */
    static Optional<AgentWorkspace> in(WorkspaceLayout place) {
        return WorkspaceRecord.in(place).map(WorkspaceRecord::workspace);
    }

    /** Makes it. */
    AgentWorkspace make() {
        return new WorkspaceCreator(this).make();
    }

    /** Whether the agent has git there, and a branch in the repository. */
    public boolean hasGit() {
        return strategy != WorkspaceStrategy.COPY;
    }

    CommitAuthor author() {
        return home.authorOr(place.agent());
    }

    /** Whose it is, as the branch has it: fleet and agent. */
    String owner() {
        return branch.substring(BRANCHES.length());
    }

    /** What of it the agent can write, or has to be able to read. */
    List<Path> lent() {
        return hasGit()
                ? List.of(place.tree(), place.agentGit(), place.pointer(), place.noAlternates())
                : List.of(place.tree());
    }

    QuarantineRepository quarantine() {
        return new QuarantineRepository(place.quarantine(), repository);
    }

    /** The same of a repository that is elsewhere by now. */
    AgentWorkspace of(Repository moved) {
        return new AgentWorkspace(moved, place, strategy, branch, base, home, run);
    }

    /** Whether what it started from is still there: not where the repository is gone, or is another one by now. */
    boolean isAttached() {
        return repository.isPlain() ? place.quarantine().toFile().isDirectory() : repository.has(base);
    }
}
