package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.CommitAuthor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Git directory out of the agent's reach. It writes an agent's files, and later reads them and the agent's objects. It
 * borrows the user's objects. It has no hooks, filters or attributes, and only the settings for line endings, file
 * modes and ignored files.
 */
record QuarantineRepository(Path directory, Repository repository) {

    /** Returns the quarantine repository of a workspace. */
    static QuarantineRepository of(AgentWorkspace workspace) {
        return new QuarantineRepository(workspace.place().quarantine(), workspace.repository());
    }

    /**
     * Creates a repository for a directory outside git. It excludes Maven's build directories and nested git
     * repositories.
     *
     * @param directory plain directory
     * @param gitDirectory path for the separate git directory
     */
    static Repository plain(Path directory, Path gitDirectory) throws IOException {
        Repository repository = new Repository(directory, gitDirectory, true);
        new QuarantineRepository(gitDirectory, repository).prepare(CommitAuthor.FLEET);
        Files.createDirectories(gitDirectory.resolve("info"));
        Files.write(gitDirectory.resolve("info/exclude"), PlainFiles.left(directory));
        return repository;
    }

    /** Creates it if it does not exist, and repairs the remains of a killed process. */
    QuarantineRepository prepare(CommitAuthor author) throws IOException {
        if (!Files.isRegularFile(directory.resolve("HEAD"))) {
            Path parent = Files.createDirectories(directory.getParent());
            Git.alone(parent)
                    .run(
                            "init",
                            "--quiet",
                            "--template=",
                            "--object-format=" + repository.objectFormat(),
                            "--bare",
                            directory.toString());
            copy(repository.gitDirectory(), "info/exclude");
        }
        removeLocks();
        identify(author);
        borrow(List.of());
        return this;
    }

    /** Removes lock files. The caller holds the workspace's lock, so only a killed git can have left them. */
    private void removeLocks() throws IOException {
        List<Path> locks = new ArrayList<>();
        for (Path where : List.of(directory, directory.resolve("refs"))) {
            try (Stream<Path> files = Files.find(
                    where,
                    where.equals(directory) ? 1 : Integer.MAX_VALUE,
                    (file, attributes) -> file.toString().endsWith(".lock"))) {
                locks.addAll(files.toList());
            }
        }
        for (Path lock : locks) {
            Files.deleteIfExists(lock);
        }
    }

    /** Writes the author to a file: an argument or variable would be encoded by the host's locale. */
    private void identify(CommitAuthor author) throws IOException {
        Path config = directory.resolve("config");
        List<String> before = Files.readAllLines(config, StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line : before) {
            if (line.equals("[user]")) {
                break;
            }
            lines.add(line);
        }
        lines.addAll(GitConfig.user(author));
        if (!lines.equals(before)) {
            // Only at creation: a kill during this write leaves a file without git's own settings, which nothing would
            // repair later.
            Files.write(config, lines, StandardCharsets.UTF_8);
        }
    }

    /**
     * Borrows the repository's objects, and others.
     *
     * @param others object directories
     */
    void borrow(List<Path> others) throws IOException {
        StringBuilder alternates = new StringBuilder();
        if (!repository.isPlain()) {
            alternates.append(withSlashes(repository.objects())).append('\n');
            copy(repository.gitDirectory(), "shallow");
        }
        others.forEach(other -> alternates.append(withSlashes(other)).append('\n'));
        Path info = Files.createDirectories(directory.resolve("objects/info"));
        Files.writeString(info.resolve("alternates"), alternates);
    }

    /** Returns a path as git writes it into its files. On other systems than Windows, a backslash is a letter of a name. */
    static String withSlashes(Path path) {
        String separator = path.getFileSystem().getSeparator();
        return path.toString().replace(separator, "/");
    }

    /** Copies the patterns of the user's sparse checkout; false if it is not sparse. */
    boolean takeSparseness() throws IOException {
        Optional<Path> patterns = repository.sparsePatterns();
        Path here = directory.resolve("info/sparse-checkout");
        if (patterns.isPresent()) {
            Files.createDirectories(here.getParent());
            Files.copy(patterns.get(), here, StandardCopyOption.REPLACE_EXISTING);
        }
        return patterns.isPresent();
    }

    /** Returns git for this directory. */
    Git git() {
        return repository
                .likePerson(Git.alone(directory.getParent()))
                .set("core.bare", "false")
                .set("fetch.fsckObjects", "true")
                .with("GIT_DIR", directory.toString());
    }

    /**
     * Lists all its refs with their ids. Names are raw ({@link FileNames}).
     *
     * @param git git for this directory
     */
    static SortedMap<String, String> refs(Git git) {
        SortedMap<String, String> refs = new TreeMap<>();
        new String(git.run("for-each-ref", "--format=%(objectname) %(refname)").bytes(), StandardCharsets.ISO_8859_1)
                .lines()
                .forEach(line -> refs.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' '))));
        return refs;
    }

    /** Returns git for this directory, a working tree and an index. */
    Git git(Path tree, Path index) {
        return git().with("GIT_WORK_TREE", tree.toString()).with("GIT_INDEX_FILE", index.toString());
    }

    private void copy(Path gitDirectory, String name) throws IOException {
        Path from = gitDirectory.resolve(name);
        Path to = directory.resolve(name);
        if (Files.isRegularFile(from) && !from.equals(to)) {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
