package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a repository knows of its worktrees. */
final class Worktrees {

    private Worktrees() {}

    /** Where the repository keeps what belongs to a worktree; empty where it doesn't know it any more, or there is no tree. */
    static Optional<Path> gitDirectory(Worktree worktree) {
        Path tree = worktree.place().tree();
        Path all = worktree.repository().gitDirectory().resolve("worktrees");
        if (!Files.isDirectory(tree) || !Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> known = Files.list(all)) {
            return known.filter(one -> isOf(one, tree.resolve(".git"))).findFirst();
        } catch (IOException e) {
            throw new GitException(
                    "the worktrees of " + worktree.repository().root() + " can't be listed: " + e.getMessage(), e);
        }
    }

    private static boolean isOf(Path known, Path wanted) {
        try {
            return Path.of(Files.readString(known.resolve("gitdir")).strip()).equals(wanted);
        } catch (IOException e) {
            return false;
        }
    }
}
