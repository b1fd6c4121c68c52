package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files and nothing else: the agent has no git, and no branch. What they were in the beginning is kept where the agent can't see it. */
final class CopyKind implements Kind {

    @Override
    public void make(OwnTree tree) throws IOException {
        Path index = tree.place().inspection().resolve("copy-index");
        Git git = tree.repository()
                .alone()
                .with("GIT_DIR", tree.place().inspection().toString())
                .with(
                        "GIT_WORK_TREE",
                        Files.createDirectories(tree.place().tree()).toString())
                .with("GIT_INDEX_FILE", index.toString());
        git.run("read-tree", tree.base());
        git.run("checkout-index", "--all", "--quiet");
        Files.delete(index);
    }

    @Override
    public Optional<Path> gitDirectory(OwnTree tree) {
        return Optional.empty();
    }

    @Override
    public void remove(OwnTree tree) throws IOException {
        Trees.delete(tree.place().tree());
    }

    @Override
    public void move(OwnTree tree, Path to) throws IOException {
        Files.move(tree.place().tree(), to);
    }
}
