package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Directory in which an agent works.
 *
 * @param origin source and strategy of the workspace
 * @param mounts parts of it that the agent's container sees
 * @param workingDirectory working directory of the agent in the container
 * @param start starting point, for people to read; empty for the directory itself
 * @param place directory on the host with the workspace's records; empty if there are none
 * @param isInVolume true if the agent has its files in a volume of the engine, where they are sent to and fetched from
 */
public record Workspace(
        WorkspaceOrigin origin,
        List<MountSpec> mounts,
        String workingDirectory,
        Optional<String> start,
        Optional<Path> place,
        boolean isInVolume) {

    /** Path of the workspace inside a container, as in the original pattern. */
    public static final String MOUNT = "/workspace";

    /** Creates a workspace that the agent's container mounts from the host. */
    public Workspace(
            WorkspaceOrigin origin,
            List<MountSpec> mounts,
            String workingDirectory,
            Optional<String> start,
            Optional<Path> place) {
        this(origin, mounts, workingDirectory, start, place, false);
    }

    /** Returns a copy in a volume of the engine, without mounts of the host. */
    public Workspace inVolume() {
        return new Workspace(origin, List.of(), workingDirectory, start, place, true);
    }

    /** Returns a workspace for the directory itself. A worktree replaces it as soon as its location is known. */
    public static Workspace of(WorkspaceOrigin origin) {
        if (origin.strategy() == WorkspaceStrategy.NONE) {
            return new Workspace(origin, List.of(), ContainerPaths.TEMPORARY, Optional.empty(), Optional.empty());
        }
        boolean readOnly = origin.strategy() == WorkspaceStrategy.READONLY;
        return new Workspace(
                origin,
                List.of(new MountSpec(origin.directory(), MOUNT, readOnly)),
                MOUNT,
                Optional.empty(),
                Optional.empty());
    }

    /** Returns a copy with other settings for integrating its changes. */
    public Workspace with(IntegrationSpec other) {
        return new Workspace(origin.with(other), mounts, workingDirectory, start, place, isInVolume);
    }

    /** Returns the directory of the host that the workspace is created from. */
    public Path directory() {
        return origin.directory();
    }

    /** Returns the working directory relative to the workspace, such as {@code services/cart}; empty if it is the same. */
    public String workingDirectoryBelow() {
        return workingDirectory.equals(MOUNT) ? "" : workingDirectory.substring(MOUNT.length() + 1);
    }

    public WorkspaceStrategy strategy() {
        return origin.strategy();
    }
}
