package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A person's git repository, as the project's directory sees it.
 *
 * @param root its working tree
 * @param gitDirectory what all its working trees share
 */
record Repository(Path root, Path gitDirectory) {

    /** How lines end and what modes mean is as the person has it, or each file would look changed. */
    static final List<String> LIKE_THE_PERSONS =
            List.of("core.autocrlf", "core.eol", "core.filemode", "core.symlinks", "core.excludesFile");

    /**
     * The one that a directory is in.
     *
     * @return empty where it is in none
     * @throws InvalidSpecException if git refuses to look at it, or it has no working tree
     */
    static Optional<Repository> around(Path directory) {
        Git.Answer answer = Git.asPerson(directory)
                .attempt(new byte[0], "rev-parse", "--is-inside-work-tree", "--show-toplevel", "--git-common-dir");
        if (answer.errors().contains("dubious ownership")) {
            throw new InvalidSpecException(
                    "workspace.strategy",
                    "needs the git repository around " + directory
                            + ", which git refuses since it belongs to somebody else",
                    "Tell git that you trust it: git config --global --add safe.directory " + directory);
        }
        List<String> lines = answer.text().lines().toList();
        if (answer.status() != 0 || lines.size() != 3) {
            return Optional.empty();
        }
        Path root = Path.of(lines.get(1));
        return Optional.of(new Repository(
                root, directory.resolve(lines.get(2)).toAbsolutePath().normalize()));
    }

    /** Git as the person runs it there. */
    Git asPerson() {
        return Git.asPerson(root);
    }

    /** Git that runs nothing of the repository's own either, in a working tree of it. */
    Git alone(Path tree) {
        Git git = Git.alone(tree).set("safe.directory", "*");
        Git.Answer filters =
                asPerson().attempt(new byte[0], "config", "-z", "--name-only", "--get-regexp", "^filter\\.");
        for (String filter : filters.parts()) {
            git = git.set(filter, filter.endsWith(".required") ? "false" : "");
        }
        return likePerson(git);
    }

    Git likePerson(Git git) {
        Git like = git;
        for (String name : LIKE_THE_PERSONS) {
            Optional<String> value = asPerson().find("config", "--get", name);
            if (value.isPresent()) {
                like = like.set(name, value.get());
            }
        }
        return like;
    }

    /**
     * A commit by any of its names.
     *
     * @throws InvalidSpecException if there is none
     */
    String commit(String name) {
        return asPerson()
                .find("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
                .orElseThrow(
                        () -> name.equals("HEAD")
                                ? new InvalidSpecException(
                                        "workspace.strategy",
                                        "needs a commit to start from, and the repository " + root + " has none yet",
                                        "Commit something first, or use strategy copy.")
                                : new InvalidSpecException(
                                        "workspace.start",
                                        "\"" + name + "\" is no commit, branch or tag of " + root,
                                        "See git branch --all and git tag; what is only at the remote has to be fetched first."));
    }

    /** Where its objects are. */
    Path objects() {
        return gitDirectory.resolve("objects");
    }

    boolean isShallow() {
        return Files.isRegularFile(gitDirectory.resolve("shallow"));
    }

    /**
     * What the working tree has, committed or not, but for what git ignores, as a commit of its own that no branch has.
     *
     * @return the commit; HEAD's where nothing differs
     */
    String snapshot(Path scratch) {
        String head = commit("HEAD");
        Path index = scratch.resolve("index");
        Git git = asPerson().with("GIT_INDEX_FILE", index.toString());
        git.run("read-tree", head);
        git.run("add", "--all", "--", ":/");
        String tree = git.ask("write-tree");
        if (tree.equals(asPerson().ask("rev-parse", head + "^{tree}"))) {
            return head;
        }
        return asPerson()
                .by(CommitAuthor.FLEET)
                .ask("commit-tree", tree, "-p", head, "-m", "Changes that were not committed");
    }
}
