package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Git repository of a user around the project's directory, or a plain directory with a separate git directory. Settings
 * are read once, since each git process takes some milliseconds.
 */
final class Repository {

    private static final int AROUND = 4;

    private final Path root;
    private final Path gitDirectory;
    private final boolean plain;
    private Optional<PersonGitSettings> settings = Optional.empty();
    private Optional<String> objectFormat = Optional.empty();

    /**
     * Creates a reference to a repository, without reading it.
     *
     * @param root its working tree
     * @param gitDirectory git directory that all its working trees share
     * @param plain true for a plain directory
     */
    Repository(Path root, Path gitDirectory, boolean plain) {
        this.root = root;
        this.gitDirectory = gitDirectory;
        this.plain = plain;
    }

    /** Returns its working tree. */
    Path root() {
        return root;
    }

    /** Returns the git directory that all its working trees share. */
    Path gitDirectory() {
        return gitDirectory;
    }

    /** Checks whether it is a plain directory. */
    boolean isPlain() {
        return plain;
    }

    /**
     * Finds the repository that contains a directory.
     *
     * @return empty if there is none, or none with a working tree
     * @throws InvalidSpecException if git refuses it because of its owner
     */
    static Optional<Repository> around(Path directory) {
        Git.Answer answer = Git.asPerson(directory)
                .attempt(
                        new byte[0],
                        "rev-parse",
                        "--is-inside-work-tree",
                        "--show-toplevel",
                        "--git-common-dir",
                        "--show-object-format");
        if (answer.errors().contains("dubious ownership")) {
            throw new InvalidSpecException(
                    "workspace.strategy",
                    "needs the git repository around " + directory
                            + ", which git refuses since it belongs to somebody else",
                    "Tell git that you trust it: git config --global --add safe.directory " + directory);
        }
        List<String> lines =
                new String(answer.bytes(), StandardCharsets.ISO_8859_1).lines().toList();
        if (answer.status() != 0 || lines.size() != AROUND) {
            return Optional.empty();
        }
        String common = lines.get(2);
        Path git = FileNames.of(directory, common);
        Repository found = new Repository(
                FileNames.absolute(lines.get(1)), git.toAbsolutePath().normalize(), false);
        found.objectFormat = Optional.of(lines.get(AROUND - 1));
        return Optional.of(found);
    }

    /** Returns git with the user's settings. */
    Git asPerson() {
        return at(Git.asPerson(root));
    }

    private Git at(Git git) {
        return plain
                ? git.with("GIT_DIR", gitDirectory.toString())
                        .with("GIT_WORK_TREE", root.toString())
                        .set("core.bare", "false")
                : git;
    }

    /** Returns git that runs nothing of the repository's own either, only for objects and refs. */
    Git alone() {
        return at(Git.alone(root).set("safe.directory", "*"));
    }

    Git likePerson(Git git) {
        Git like = git;
        for (Map.Entry<String, String> setting : likeThePersons().entrySet()) {
            like = like.set(setting.getKey(), setting.getValue());
        }
        return like;
    }

    /** Returns the settings for line endings, file modes and ignored files. */
    SortedMap<String, String> likeThePersons() {
        return settings().likeThePersons();
    }

    /** Returns the remotes that have promised objects missing here. */
    List<String> promisors() {
        return plain ? List.of() : settings().promisors();
    }

    private synchronized PersonGitSettings settings() {
        if (settings.isEmpty()) {
            settings = Optional.of(PersonGitSettings.of(asPerson()));
        }
        return settings.get();
    }

    /** Returns the hash algorithm of its object ids: {@code sha1} or {@code sha256}. */
    synchronized String objectFormat() {
        if (objectFormat.isEmpty()) {
            objectFormat = Optional.of(
                    plain
                            ? "sha1"
                            : asPerson()
                                    .find("rev-parse", "--show-object-format")
                                    .orElse("sha1"));
        }
        return objectFormat.get();
    }

    /**
     * Resolves a name to a commit.
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

    /** Returns its object directory. */
    Path objects() {
        Path objects = gitDirectory.resolve("objects");
        try {
            return objects.toRealPath();
        } catch (IOException e) {
            return objects;
        }
    }

    /** Returns the existing object directories that it borrows from, directly or transitively. */
    List<Path> borrowedObjects() {
        Set<Path> found = new LinkedHashSet<>();
        collectBorrowed(objects(), found);
        return List.copyOf(found);
    }

    private static void collectBorrowed(Path objects, Set<Path> found) {
        Path list = alternates(objects);
        if (!Files.isRegularFile(list)) {
            return;
        }
        try {
            for (String line : Files.readString(list, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList()) {
                Path other = FileNames.of(objects, line);
                if (Files.isDirectory(other) && found.add(other.toRealPath())) {
                    collectBorrowed(other.toRealPath(), found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    list + " can't be read, which says what the repository borrows: " + FileProblem.of(e), e);
        }
    }

    static Path alternates(Path objects) {
        return objects.resolve("info/alternates");
    }

    /** Returns the patterns of its sparse checkout, if it is one. */
    Optional<Path> sparsePatterns() {
        if (plain || !settings().isSparse()) {
            return Optional.empty();
        }
        return Optional.of(path("info/sparse-checkout")).filter(Files::isRegularFile);
    }

    boolean isCone() {
        return settings().isCone();
    }

    /** Returns a file of its git directory, or of the linked worktree's own one. */
    private Path path(String name) {
        String path = new String(asPerson().run("rev-parse", "--git-path", name).bytes(), StandardCharsets.ISO_8859_1)
                .strip();
        return FileNames.of(root, path);
    }

    /** Checks whether a commit is another's ancestor, or the same one. */
    boolean isAncestor(String commit, String of) {
        return alone().find("merge-base", "--is-ancestor", commit, of).isPresent();
    }

    /** Checks whether the repository exists and has a commit. */
    boolean has(String commit) {
        return Files.isDirectory(root)
                && Files.isDirectory(gitDirectory)
                && alone().find("cat-file", "-e", commit + "^{commit}").isPresent();
    }

    /**
     * Commits the working tree, without ignored files, to a commit that no branch has. It uses a copy of the user's
     * index, which has the files that are absent on purpose.
     *
     * @param scratch temporary directory
     * @param without directories to leave out
     * @return the commit; HEAD's if nothing differs
     */
    String snapshot(Path scratch, List<Path> without) {
        Optional<String> head = plain ? Optional.empty() : Optional.of(commit("HEAD"));
        Git git = asPerson()
                .set("core.splitIndex", "false")
                .set("core.untrackedCache", "false")
                .with("GIT_INDEX_FILE", index(scratch).toString());
        List<String> left = without.stream()
                .filter(directory -> directory.startsWith(root) && !directory.equals(root))
                .map(directory -> FileNames.raw(root, directory))
                .toList();
        Set<String> ignored = git.ignored(left);
        List<String> add = new ArrayList<>(List.of(":/"));
        left.stream().filter(name -> !ignored.contains(name)).forEach(name -> add.add(":(top,exclude,literal)" + name));
        repositoriesWithin(git).forEach(name -> add.add(":(top,exclude,literal)" + name));
        List<String> words = new ArrayList<>(List.of("add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul"));
        if (sparsePatterns().isPresent()) {
            words.add("--sparse");
        }
        git.run(FileNames.ended(add), words.toArray(String[]::new));
        String tree = git.ask("write-tree");
        if (head.isPresent() && tree.equals(asPerson().ask("rev-parse", head.get() + "^{tree}"))) {
            return head.get();
        }
        List<String> commit = new ArrayList<>(List.of("commit-tree", tree, "-m", "Changes that were not committed"));
        head.ifPresent(parent -> commit.addAll(List.of("-p", parent)));
        return at(head, asPerson().by(CommitAuthor.FLEET)).ask(commit.toArray(String[]::new));
    }

    /**
     * Gives a commit the time of its parent. All agents that start from the same files then start from the same commit,
     * and the branch of one can be merged into that of another.
     */
    private Git at(Optional<String> parent, Git git) {
        if (parent.isEmpty()) {
            return git;
        }
        String time = "@" + asPerson().ask("show", "--no-patch", "--format=%ct", parent.get()) + " +0000";
        return git.with("GIT_AUTHOR_DATE", time).with("GIT_COMMITTER_DATE", time);
    }

    /**
     * Returns nested repositories that are no submodules, such as worktrees created by tools. Git would add them as
     * submodules, or fail for one without a commit.
     */
    private static List<String> repositoriesWithin(Git git) {
        return git.run("ls-files", "-z", "--others", "--exclude-standard").raws().stream()
                .filter(name -> name.endsWith("/"))
                .map(name -> name.substring(0, name.length() - 1))
                .toList();
    }

    /** Copies the user's index, which has the files that are absent on purpose. */
    private Path index(Path scratch) {
        Path copy = scratch.resolve("index");
        Path persons = plain ? copy : path("index");
        try {
            if (!persons.equals(copy) && Files.isRegularFile(persons)) {
                Files.copy(persons, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("the index of " + root + " can't be copied: " + FileProblem.of(e), e);
        }
    }

    /** Compares the identity; settings read from git since are no part of it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Repository repository
                && root.equals(repository.root)
                && gitDirectory.equals(repository.gitDirectory)
                && plain == repository.plain;
    }

    @Override
    public int hashCode() {
        return Objects.hash(root, gitDirectory, plain);
    }
}
