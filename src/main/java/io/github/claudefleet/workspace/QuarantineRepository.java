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
 * A git directory of ours, out of the agent's reach: it writes an agent's files and later reads them and the agent's objects. It borrows
 * the person's objects, and has no hooks, filters, attributes or settings but those that say how lines end and what is ignored.
 */
record QuarantineRepository(Path directory, Repository repository) {

    /** Makes it where there is none, and mends what a killed process left of it. */
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

    /** Whoever holds the workspace is alone here, so that a lock is what a killed git has left. */
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

    /** Names the author in a file: an argument or variable would pass through this machine's locale. */
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
        lines.add("[user]");
        lines.add("\tname = " + AgentGitDirectory.quoted(author.name()));
        lines.add("\temail = " + AgentGitDirectory.quoted(author.email()));
        if (!lines.equals(before)) {
            // Once, while it is made: a kill at this moment leaves a file without git's own settings, which nothing
            // would mend later.
            Files.write(config, lines, StandardCharsets.UTF_8);
        }
    }

    /**
     * Borrows the repository's objects, and others.
     *
     * @param others directories of objects
     */
    void borrow(List<Path> others) throws IOException {
        StringBuilder alternates = new StringBuilder();
        if (!repository.isPlain()) {
            alternates.append(repository.objects()).append('\n');
            copy(repository.gitDirectory(), "shallow");
        }
        others.forEach(other -> alternates.append(other).append('\n'));
        Path info = Files.createDirectories(directory.resolve("objects/info"));
        Files.writeString(info.resolve("alternates"), alternates);
    }

    /** Takes over which files of the person's checkout are written at all, where not all are. */
    boolean takeSparseness() throws IOException {
        Optional<Path> patterns = repository.sparsePatterns();
        Path here = directory.resolve("info/sparse-checkout");
        if (patterns.isPresent()) {
            Files.createDirectories(here.getParent());
            Files.copy(patterns.get(), here, StandardCopyOption.REPLACE_EXISTING);
        }
        return patterns.isPresent();
    }

    /** Git there. */
    Git git() {
        return repository
                .likePerson(Git.alone(directory.getParent()))
                .set("core.bare", "false")
                .set("fetch.fsckObjects", "true")
                .with("GIT_DIR", directory.toString());
    }

    /**
     * Lists all its refs, each with what it is at. Names are raw ({@link FileNames}).
     *
     * @param git there
     */
    static SortedMap<String, String> refs(Git git) {
        SortedMap<String, String> refs = new TreeMap<>();
        new String(git.run("for-each-ref", "--format=%(objectname) %(refname)").bytes(), StandardCharsets.ISO_8859_1)
                .lines()
                .forEach(line -> refs.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' '))));
        return refs;
    }

    /** Git there, for files. */
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
