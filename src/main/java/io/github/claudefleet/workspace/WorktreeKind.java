package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** On this machine it is an ordinary worktree of the repository. */
final class WorktreeKind implements Kind {

    @Override
    public void make(OwnTree tree) {
        Git git = git(tree);
        git.run("worktree", "prune");
        git.run("worktree", "add", "--quiet", "-b", tree.branch(), path(tree), tree.base());
    }

    @Override
    public Optional<Path> gitDirectory(OwnTree tree) {
        Path all = tree.repository().gitDirectory().resolve("worktrees");
        if (!Files.isDirectory(tree.place().tree()) || !Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> known = Files.list(all)) {
            return known.filter(one -> isOf(one, tree.place().tree().resolve(".git")))
                    .findFirst();
        } catch (IOException e) {
            throw new GitException(
                    "the worktrees of " + tree.repository().root() + " can't be listed: " + FileProblem.of(e), e);
        }
    }

    private static boolean isOf(Path known, Path wanted) {
        try {
            return Path.of(Files.readString(known.resolve("gitdir")).strip()).equals(wanted);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void remove(OwnTree tree) throws IOException {
        if (gitDirectory(tree).isPresent()) {
            git(tree).run("worktree", "remove", "--force", "--force", path(tree));
        } else {
            // Somebody has removed it in another way.
            Trees.delete(tree.place().tree());
            git(tree).run("worktree", "prune");
        }
    }

    @Override
    public void move(OwnTree tree, Path to) throws IOException {
        if (gitDirectory(tree).isPresent()) {
            git(tree).run("worktree", "move", path(tree), to.toString());
        } else {
            remove(tree);
        }
    }

    private static Git git(OwnTree tree) {
        return tree.repository().alone();
    }

    private static String path(OwnTree tree) {
        return tree.place().tree().toString();
    }
}
