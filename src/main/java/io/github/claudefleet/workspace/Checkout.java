package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A working tree of git's around a directory, read from its files: no git on this machine is needed for it, and no owner refused.
 *
 * @param root the working tree
 * @param git its git directory; of a linked worktree what that has for itself
 * @param common the git directory that all worktrees share
 * @param kind how the working tree names its git directory
 */
record Checkout(Path root, Path git, Path common, Kind kind) {

    /** A form of {@code .git}. */
    enum Kind {
        DIRECTORY,
        /** A file that names it: linked worktrees, submodules, {@code --separate-git-dir}. */
        FILE,
        /** A symbolic link to it. */
        LINK
    }

    private static final long MOST_READ = 1L << 20;
    private static final Pattern WORKTREE = Pattern.compile("(?im)^\\s*worktree\\s*=\\s*\"?([^\"\\n]+)");

    /** The working tree that a directory is in; empty where it is in none. */
    static Optional<Checkout> around(Path directory) {
        try {
            for (Path root = directory.toRealPath(); root != null; root = root.getParent()) {
                Optional<Checkout> checkout = at(root);
                if (checkout.isPresent()) {
                    return checkout;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the git repository around " + directory + " can't be read: " + FileProblem.of(e), e);
        }
    }

    private static Optional<Checkout> at(Path root) throws IOException {
        Path dotGit = root.resolve(".git");
        if (Files.isRegularFile(dotGit, LinkOption.NOFOLLOW_LINKS)) {
            return read(dotGit)
                    .filter(text -> text.startsWith("gitdir: "))
                    .map(text -> root.resolve(text.substring("gitdir: ".length())))
                    .flatMap(git -> of(root, git, Kind.FILE));
        }
        return of(root, dotGit, Files.isSymbolicLink(dotGit) ? Kind.LINK : Kind.DIRECTORY);
    }

    private static Optional<Checkout> of(Path root, Path git, Kind kind) {
        try {
            if (!Files.isRegularFile(git.resolve("HEAD"))) {
                return Optional.empty();
            }
            Path real = git.toRealPath();
            Optional<Path> common =
                    kind == Kind.FILE ? read(real.resolve("commondir")).map(real::resolve) : Optional.empty();
            return Optional.of(
                    new Checkout(root, real, common.isPresent() ? common.get().toRealPath() : real, kind));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Tells if the git directory is the working tree's by its own account as well. A file or link in the tree may be an agent's, and
     * name another repository.
     */
    boolean isMutual() {
        try {
            return switch (kind) {
                case DIRECTORY -> true;
                case FILE -> isLinkedWorktree() ? isWorktreeOfCommon() : isPlaceOfTree();
                case LINK -> false;
            };
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private boolean isWorktreeOfCommon() throws IOException {
        Optional<String> back = read(git.resolve("gitdir"));
        return git.startsWith(common.resolve("worktrees"))
                && back.isPresent()
                && git.resolve(back.get()).toRealPath().equals(root.resolve(".git"));
    }

    private boolean isPlaceOfTree() throws IOException {
        for (String name : List.of("config.worktree", "config")) {
            Matcher worktree = WORKTREE.matcher(text(git.resolve(name)));
            if (worktree.find()) {
                return git.resolve(worktree.group(1).strip()).toRealPath().equals(root);
            }
        }
        return false;
    }

    /** The first line of a small file. */
    private static Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_READ) {
            return Optional.empty();
        }
        return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst();
    }

    /** Tells if it is one of several working trees of its repository. */
    boolean isLinkedWorktree() {
        return !git.equals(common);
    }

    /** A file of settings; empty where it can't be read. */
    private static String text(Path config) {
        try {
            return Files.isRegularFile(config) && Files.size(config) <= MOST_READ
                    ? Files.readString(config, StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Tells if objects may be missing here that the remote repository has promised. */
    boolean isPartial() {
        return text(common.resolve("config")).toLowerCase(Locale.ROOT).matches("(?s).*\\bpromisor\\s*=\\s*true\\b.*");
    }
}
