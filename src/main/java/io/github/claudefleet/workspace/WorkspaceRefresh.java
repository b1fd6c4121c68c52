package io.github.claudefleet.workspace;

/** Fetches the newest files of a workspace whose agent has them elsewhere, before they are read. */
@FunctionalInterface
public interface WorkspaceRefresh {

    /** Fetches nothing: the files on this machine are those of the agents. */
    WorkspaceRefresh NONE = place -> {};

    /**
     * Fetches the files.
     *
     * @throws GitException if they can't be fetched
     */
    void fetch(WorkspaceLayout place);
}
