package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where an agent works.
 *
 * @param origin what it is made of
 * @param mounts what its container sees of it
 * @param workingDirectory where in the container the agent is
 * @param start what it starts from, for people to read; empty for the directory itself
 * @param place where on the host is kept what is known of it; empty where nothing is
 */
public record Workspace(
        WorkspaceOrigin origin,
        List<MountSpec> mounts,
        String workingDirectory,
        Optional<String> start,
        Optional<Path> place) {

    /** Where the workspace appears inside a container; the original pattern's own place for it. */
    public static final String MOUNT = "/workspace";

    /** The directory itself; a worktree takes its place once it is known where that is. */
    public static Workspace of(WorkspaceOrigin origin) {
        boolean readOnly = origin.strategy() == WorkspaceStrategy.READONLY;
        return new Workspace(
                origin,
                List.of(new MountSpec(origin.directory(), MOUNT, readOnly)),
                MOUNT,
                Optional.empty(),
                Optional.empty());
    }

    /** The directory itself. */
    public static Workspace bind(Path directory) {
        return of(new WorkspaceOrigin(
                directory,
                WorkspaceStrategy.BIND,
                Optional.empty(),
                false,
                IntegrationSpec.DEFAULT,
                directory.resolveSibling("workspaces")));
    }

    /** The host's directory that it is made of. */
    public Path directory() {
        return origin.directory();
    }

    public WorkspaceStrategy strategy() {
        return origin.strategy();
    }
}
