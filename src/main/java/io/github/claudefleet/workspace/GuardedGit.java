package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The git directory of a repository that agents work in directly. They commit to it, and can't write what makes this machine run
 * something later: its settings and hooks.
 */
final class GuardedGit {

    /** Others are not always there, so that they are looked at afterwards ({@link Watched}). */
    private static final List<String> GUARDED = List.of("config", "hooks");

    private GuardedGit() {}

    /** What a container sees of a directory that it can write. */
    static List<MountSpec> mounts(Path directory) {
        List<MountSpec> mounts = new ArrayList<>();
        mounts.add(new MountSpec(directory, Workspace.MOUNT, false));
        Path git = directory.resolve(".git");
        if (Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)) {
            // A mount of its own, or it could be moved away with all that is guarded in it.
            mounts.add(new MountSpec(git, Workspace.MOUNT + "/.git", false));
            for (String name : GUARDED) {
                mounts.add(new MountSpec(git.resolve(name), Workspace.MOUNT + "/.git/" + name, true));
            }
        } else if (Files.exists(git, LinkOption.NOFOLLOW_LINKS)) {
            mounts.add(new MountSpec(git, Workspace.MOUNT + "/.git", true));
        }
        return mounts;
    }

    /** Makes what is to be mounted and isn't there. */
    static void prepare(Path directory) {
        Path git = directory.resolve(".git");
        if (Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(git.resolve("hooks"), LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(git.resolve("hooks"));
            } catch (IOException e) {
                throw new UncheckedIOException(git.resolve("hooks") + " can't be made: " + FileProblem.of(e), e);
            }
        }
    }
}
