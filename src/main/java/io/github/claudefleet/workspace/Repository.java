package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A person's git repository, as the project's directory sees it; or a plain directory, with a git directory of ours elsewhere.
 *
 * @param root its working tree
 * @param gitDirectory what all its working trees share
 * @param isPlain whether it is a plain directory
 */
record Repository(Path root, Path gitDirectory, boolean isPlain) {

    /** How lines end and what modes mean is as the person has it, or each file would look changed. */
    private static final List<String> LIKE_THE_PERSONS =
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
                root, directory.resolve(lines.get(2)).toAbsolutePath().normalize(), false));
    }

    /**
     * A directory that is in none. What Maven has built in it, and git repositories within it, are no part of it.
     *
     * @param gitDirectory where ours is to be
     */
    static Repository plain(Path directory, Path gitDirectory) throws IOException {
        Repository repository = new Repository(directory, gitDirectory, true);
        new OurGit(gitDirectory).make(repository, true);
        Files.createDirectories(gitDirectory.resolve("info"));
        Files.write(gitDirectory.resolve("info/exclude"), PlainFiles.left(directory));
        return repository;
    }

    /** Git as the person runs it there. */
    Git asPerson() {
        return at(Git.asPerson(root));
    }

    private Git at(Git git) {
        return isPlain
                ? git.with("GIT_DIR", gitDirectory.toString())
                        .with("GIT_WORK_TREE", root.toString())
                        .set("core.bare", "false")
                : git;
    }

    /** Git that runs nothing of the repository's own either, there. */
    Git alone() {
        return at(alone(root));
    }

    /** The same in a working tree of it. */
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
        for (Map.Entry<String, String> setting : likeThePersons().entrySet()) {
            like = like.set(setting.getKey(), setting.getValue());
        }
        return like;
    }

    /** What the person's git has for the settings that say how lines end, what modes mean, and what is ignored. */
    SortedMap<String, String> likeThePersons() {
        SortedMap<String, String> settings = new TreeMap<>();
        for (String name : LIKE_THE_PERSONS) {
            asPerson().find("config", "--get", name).ifPresent(value -> settings.put(name, value));
        }
        return settings;
    }

    /** What its commits are named by: {@code sha1}, or {@code sha256}. */
    String objectFormat() {
        return isPlain
                ? "sha1"
                : asPerson().find("rev-parse", "--show-object-format").orElse("sha1");
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

    /**
     * What the working tree has, committed or not, but for what git ignores, as a commit of its own that no branch has.
     *
     * @param scratch a directory to work in
     * @param without directories that are no part of it
     * @return the commit; HEAD's where nothing differs
     */
    String snapshot(Path scratch, List<Path> without) {
        Optional<String> head = isPlain ? Optional.empty() : Optional.of(commit("HEAD"));
        Git git = asPerson().with("GIT_INDEX_FILE", scratch.resolve("index").toString());
        head.ifPresent(commit -> git.run("read-tree", commit));
        List<String> add = new ArrayList<>(List.of("add", "--all", "--", ":/"));
        without.stream()
                .filter(directory -> directory.startsWith(root) && !directory.equals(root))
                .map(directory -> root.relativize(directory).toString())
                .filter(name -> !git.ignores(name))
                .forEach(name -> add.add(":(top,exclude,literal)" + name));
        git.run(add.toArray(String[]::new));
        String tree = git.ask("write-tree");
        if (head.isPresent() && tree.equals(asPerson().ask("rev-parse", head.get() + "^{tree}"))) {
            return head.get();
        }
        List<String> commit = new ArrayList<>(List.of("commit-tree", tree, "-m", "Changes that were not committed"));
        head.ifPresent(parent -> commit.addAll(List.of("-p", parent)));
        return asPerson().by(CommitAuthor.FLEET).ask(commit.toArray(String[]::new));
    }
}
