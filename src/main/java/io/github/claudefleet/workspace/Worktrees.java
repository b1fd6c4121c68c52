package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a repository knows of its worktrees. */
final class Worktrees {

    private Worktrees() {}

    /** Where the repository keeps what belongs to a worktree. */
    static Path gitDirectory(Worktree worktree) {
        Path wanted = worktree.place().tree().resolve(".git");
        try (Stream<Path> known =
                Files.list(worktree.repository().gitDirectory().resolve("worktrees"))) {
            return known.filter(one -> isOf(one, wanted)).findFirst().orElseThrow(() -> missing(worktree, null));
        } catch (IOException e) {
            throw missing(worktree, e);
        }
    }

    private static boolean isOf(Path known, Path wanted) {
        try {
            return Path.of(Files.readString(known.resolve("gitdir")).strip()).equals(wanted);
        } catch (IOException e) {
            return false;
        }
    }

    private static GitException missing(Worktree worktree, IOException cause) {
        return new GitException(
                "the repository " + worktree.repository().root() + " does not know the worktree "
                        + worktree.place().tree() + " any more; what is in it is still there",
                cause);
    }
}
