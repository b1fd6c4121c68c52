package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.AgentName;
import java.nio.file.Path;
import java.util.List;

/** Listener to agents' workspaces and to the integration of their changes. */
public interface WorkspaceListener {

    /** Warns that a directory is in no git repository, so that agents get copies instead of worktrees. */
    default void copiesInstead(Path directory) {}

    /** Warns that git is limited in a directory that agents see directly. */
    default void gitIsLimited(String sentence) {}

    /** Reports the commit from which an agent's workspace starts. */
    default void startsFrom(AgentName agent, String strategy, String start) {}

    /** Reports the location of an agent's changes. */
    default void integrated(AgentName agent, String where, int files) {}

    /** Warns that an agent's changes were not integrated as configured. */
    default void notMerged(AgentName agent, String reason) {}

    /** Warns that the changes of one agent could not be collected; the other agents are not affected. */
    default void integrationFailed(AgentName agent, String reason) {}

    /** Warns of changed files that make this machine execute something and that agents could write. */
    default void autoExecutedFilesChanged(List<Path> files) {}

    /** Warns of changes that a person should review before use. */
    default void changesNeedReview(AgentName agent, String warning) {}
}
