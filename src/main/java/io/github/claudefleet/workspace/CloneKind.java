package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * On this machine it is a clone that shares the repository's objects. The repository has its branch, which keeps them, and knows
 * nothing else of it.
 */
final class CloneKind implements Kind {

    @Override
    public void make(OwnTree tree) throws IOException {
        Repository repository = tree.repository();
        repository.alone().run("branch", "--no-track", tree.branch(), tree.base());
        Path git = tree.place().tree().resolve(".git");
        new OurGit(git).make(repository, false);
        Git clone = repository.alone(tree.place().tree());
        repository.likeThePersons().forEach((name, value) -> clone.run("config", name, value));
        clone.run("config", "remote.origin.url", repository.root().toString());
        clone.run("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
        clone.run("checkout", "--quiet", "--no-track", "-B", tree.branch(), tree.base());
    }

    @Override
    public Optional<Path> gitDirectory(OwnTree tree) {
        return Optional.of(tree.place().tree().resolve(".git")).filter(Files::isDirectory);
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
