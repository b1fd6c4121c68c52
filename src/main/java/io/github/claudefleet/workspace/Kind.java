package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.WorkspaceStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How a tree of files for an agent comes to be on this machine, and goes. */
interface Kind {

    /** The one that a strategy means. */
    static Kind of(WorkspaceStrategy strategy) {
        return switch (strategy) {
            case WORKTREE -> new WorktreeKind();
            case CLONE -> new CloneKind();
            case COPY -> new CopyKind();
            case BIND, READONLY -> throw new IllegalArgumentException(strategy + " has no tree of its own");
        };
    }

    /** Makes the files, as they are in the tree's base. */
    void make(OwnTree tree) throws IOException;

    /** Where this machine's git keeps what is about the tree alone, its index; empty where there is none, or no tree. */
    Optional<Path> gitDirectory(OwnTree tree);

    /** Takes the files away. */
    void remove(OwnTree tree) throws IOException;

    /** Moves them to where nothing is. */
    void move(OwnTree tree, Path to) throws IOException;
}
