package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.MountSpec;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Mounts for agents that see a user's directory directly, so that git works there as it does for the user: the
 * directory, its working tree, and the git directory, wherever that is. Settings and hooks, which later run on the
 * host, are read-only, and so are the data of other worktrees. Other such files are checked afterwards
 * ({@link FileBaseline}).
 */
final class DirectMounts {

    private static final String DOT_GIT = Workspace.MOUNT + "/.git";

    private final Path directory;
    private final boolean readOnly;
    private final Path place;
    private final Optional<Checkout> checkout;
    private final List<MountSpec> mounts = new ArrayList<>();
    /**
     * Files that replace some of git's, since paths differ in a container; content by path in the workspace directory.
     */
    private final Map<String, String> files = new TreeMap<>();

    private String workingDirectory = Workspace.MOUNT;

    /**
     * @param directory directory of the user
     * @param readOnly true if agents can't write it
     */
    DirectMounts(Path directory, boolean readOnly, WorkspaceLayout place) {
        this.directory = directory;
        this.readOnly = readOnly;
        this.place = place.directory();
        this.checkout = Checkout.around(directory);
        checkout.filter(found -> hasGit() || found.root().equals(real(directory)))
                .ifPresentOrElse(this::mountCheckout, () -> mount(directory, Workspace.MOUNT, readOnly));
    }

    List<MountSpec> mounts() {
        return mounts;
    }

    String workingDirectory() {
        return workingDirectory;
    }

    /** Checks whether replacement files are mounted. */
    boolean hasFiles() {
        return !files.isEmpty();
    }

    /** Describes a limitation of git there, with its remedy; empty if there is none. */
    Optional<String> limit() {
        if (checkout.isEmpty()) {
            return Optional.empty();
        }
        if (checkout.get().isPartial()) {
            return Optional.of(
                    checkout.get().root() + " is a partial clone: git of agents fails at objects that only the"
                            + " remote repository has, unless their containers can fetch them. Fetch them before"
                            + " (git fetch --refetch --no-filter)");
        }
        return hasGit()
                ? Optional.empty()
                : Optional.of("agents have no git in " + checkout.get().root()
                        + ", whose git directory is another one that doesn't name it as its working tree ("
                        + checkout.get().git() + "). Use git worktree add, git config core.worktree, or"
                        + " workspace.strategy worktree");
    }

    private boolean hasGit() {
        return checkout.get().isMutual()
                && List.of("objects", "refs", "config").stream()
                        .noneMatch(name ->
                                Files.isSymbolicLink(checkout.get().git().resolve(name)));
    }

    /** Creates the mount sources that do not exist yet. */
    void prepare() {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = place.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue(), StandardCharsets.ISO_8859_1);
            }
            if (!readOnly && checkout.isPresent() && hasGit()) {
                Path hooks = checkout.get().common().resolve("hooks");
                if (isToBeMade(hooks)) {
                    Files.createDirectory(hooks);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + directory + " can't be prepared: " + FileProblem.of(e), e);
        }
    }

    /** Removes the replacement files, and the workspace directory if it is then empty. */
    static void forget(WorkspaceLayout place) {
        try {
            FileTrees.delete(place.directory().resolve("mounted"));
            place.removeIfEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(place.directory() + " can't be removed: " + FileProblem.of(e), e);
        }
    }

    private void mountCheckout(Checkout found) {
        Path real = real(directory);
        String prefix = PathText.withSlashes(found.root().relativize(real));
        if (prefix.isEmpty()) {
            mount(directory, Workspace.MOUNT, readOnly);
        } else {
            // Git must see the whole working tree. Agents can write only the directory that was configured.
            mount(found.root(), Workspace.MOUNT, true);
            workingDirectory = Workspace.MOUNT + "/" + prefix;
            if (!readOnly) {
                mount(directory, workingDirectory, false);
            }
        }
        if (!hasGit()) {
            if (!readOnly && found.kind() == Checkout.Kind.FILE) {
                mount(found.root().resolve(".git"), DOT_GIT, true);
            }
            return;
        }
        String common = found.kind() == Checkout.Kind.FILE ? ContainerPaths.GIT : DOT_GIT;
        if (!readOnly || found.kind() != Checkout.Kind.DIRECTORY) {
            // A separate mount. Otherwise, it could be renamed with all protected files in it.
            mount(found.common(), common, readOnly);
        }
        if (!readOnly) {
            guard(found, common);
        }
        if (found.kind() == Checkout.Kind.FILE) {
            point(found, common);
        }
        mounts.addAll(Alternates.mounts(found.common().resolve("objects"), common + "/objects"));
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " can't be found: " + FileProblem.of(e), e);
        }
    }

    /** Mounts read-only what agents must not write. Git prunes worktrees it can't see: in a container, all others. */
    private void guard(Checkout found, String common) {
        mountIfThere(found.common().resolve("worktrees"), common + "/worktrees");
        if (found.isLinkedWorktree()) {
            mount(found.git(), own(found, common), false);
        }
        for (Path git : found.isLinkedWorktree() ? List.of(found.common(), found.git()) : List.of(found.common())) {
            mountIfThere(git.resolve("config"), own(found, common, git) + "/config");
            mountIfThere(git.resolve("config.worktree"), own(found, common, git) + "/config.worktree");
        }
        Path hooks = found.common().resolve("hooks");
        if (isToBeMade(hooks)) {
            mount(hooks, common + "/hooks", true);
        }
        mountIfThere(hooks, common + "/hooks");
        mountIfThere(found.common().resolve("objects/info/alternates"), common + "/objects/info/alternates");
    }

    /** Mounts replacements for git's files that contain paths, with the container's paths. */
    private void point(Checkout found, String common) {
        String own = own(found, common);
        file("pointer", "gitdir: " + own + "\n", DOT_GIT);
        if (found.isLinkedWorktree()) {
            file("gitdir", DOT_GIT + "\n", own + "/gitdir");
            String up = PathText.withSlashes(found.git().relativize(found.common()));
            file("commondir", up + "\n", own + "/commondir");
        } else {
            for (String name : List.of("config", "config.worktree")) {
                withoutItsPlace(found.git().resolve(name)).ifPresent(text -> {
                    mounts.removeIf(mount -> mount.target().equals(common + "/" + name));
                    file(name, text, common + "/" + name);
                });
            }
        }
    }

    /** Returns a submodule's config with the container's working tree; the last value of a setting counts. */
    private static Optional<String> withoutItsPlace(Path config) {
        try {
            String text = Files.isRegularFile(config) ? Files.readString(config, StandardCharsets.ISO_8859_1) : "";
            return text.contains("worktree")
                    ? Optional.of(text + "\n[core]\n\tworktree = " + Workspace.MOUNT + "\n")
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(config + " can't be read: " + FileProblem.of(e), e);
        }
    }

    private static String own(Checkout found, String common) {
        return own(found, common, found.git());
    }

    private static String own(Checkout found, String common, Path git) {
        String relative = PathText.withSlashes(found.common().relativize(git));
        return relative.isEmpty() ? common : common + "/" + relative;
    }

    private static boolean isToBeMade(Path hooks) {
        return !Files.exists(hooks, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(hooks.getParent());
    }

    private void file(String name, String text, String target) {
        String path = "mounted/" + name;
        files.put(path, text);
        mounts.add(new MountSpec(place.resolve(path), target, true));
    }

    private void mountIfThere(Path source, String target) {
        if (Files.exists(source)) {
            mount(source, target, true);
        }
    }

    private void mount(Path source, String target, boolean isReadOnly) {
        mounts.add(new MountSpec(source, target, isReadOnly));
    }
}
