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
 * Git working tree around a directory, read from its files. This needs no git on the host and works for any owner.
 *
 * @param root the working tree
 * @param git its git directory; for a linked worktree, the worktree's own one
 * @param common git directory that all worktrees share
 * @param kind form of {@code .git} in the working tree
 */
record Checkout(Path root, Path git, Path common, Kind kind) {

    /** Form of {@code .git}. */
    enum Kind {
        DIRECTORY,
        /** File with the path of the git directory: linked worktrees, submodules, {@code --separate-git-dir}. */
        FILE,
        /** Symbolic link to the git directory. */
        LINK
    }

    private static final long MOST_READ = 1L << 20;
    private static final Pattern WORKTREE = Pattern.compile("(?im)^\\s*worktree\\s*=\\s*\"?([^\"\\n]+)");

    /** Returns the working tree that contains a directory; empty if there is none. */
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
     * Checks that the git directory names this working tree as well. A file or link in the tree may be an agent's, and
     * lead to another repository.
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

    /** Reads the first line of a small file. */
    private static Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_READ) {
            return Optional.empty();
        }
        return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst();
    }

    /** Checks whether it is a linked worktree. */
    boolean isLinkedWorktree() {
        return !git.equals(common);
    }

    /** Reads a config file; empty if it can't be read. */
    private static String text(Path config) {
        try {
            return Files.isRegularFile(config) && Files.size(config) <= MOST_READ
                    ? Files.readString(config, StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Checks whether it is a partial clone, which may lack objects that the remote has promised. */
    boolean isPartial() {
        return text(common.resolve("config")).toLowerCase(Locale.ROOT).matches("(?s).*\\bpromisor\\s*=\\s*true\\b.*");
    }
}
