package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.spec.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * State of the files that run something on the host, in a directory that agents write directly. The earlier state is
 * stored where agents can't write.
 */
final class FileBaseline {

    private static final String DIRECTORY = "directory";
    private static final String FILE = "file.";
    private static final Set<String> NOT_LOOKED_INTO = Set.of("target", "node_modules");
    private static final int DEEPEST_MODULE = 8;
    private static final long MOST_READ = 10L << 20;

    private FileBaseline() {}

    /** Stores the current state. */
    static void remember(WorkspaceLayout place, Path directory) {
        Properties properties = new Properties();
        properties.setProperty(DIRECTORY, directory.toString());
        look(directory).forEach((name, hash) -> properties.setProperty(FILE + name, hash));
        try {
            Files.createDirectories(place.directory());
            try (var out = Files.newBufferedWriter(place.watched(), StandardCharsets.UTF_8)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(place.watched() + " can't be written: " + FileProblem.of(e), e);
        }
    }

    /**
     * Difference to the stored state.
     *
     * @param directory directory that agents wrote
     * @param names files in it
     */
    record Difference(Path directory, List<String> names) {}

    /** Returns the files that differ; empty if nothing was stored or the directory is gone. */
    static Optional<Difference> since(WorkspaceLayout place) {
        if (!Files.isRegularFile(place.watched())) {
            return Optional.empty();
        }
        Properties before = new Properties();
        try (var in = Files.newBufferedReader(place.watched(), StandardCharsets.UTF_8)) {
            before.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(place.watched() + " can't be read: " + FileProblem.of(e), e);
        }
        Path directory = Path.of(before.getProperty(DIRECTORY));
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        SortedMap<String, String> now = look(directory);
        Set<String> names = new TreeSet<>(now.keySet());
        before.stringPropertyNames().stream()
                .filter(name -> name.startsWith(FILE))
                .forEach(name -> names.add(name.substring(FILE.length())));
        List<String> differ = new ArrayList<>(names);
        differ.removeIf(name -> Objects.equals(now.get(name), before.getProperty(FILE + name)));
        return Optional.of(new Difference(directory, differ));
    }

    /** Removes the stored state, once the differences have been reported. */
    static void forget(WorkspaceLayout place) {
        try {
            Files.deleteIfExists(place.watched());
        } catch (IOException e) {
            throw new UncheckedIOException(place.watched() + " can't be removed: " + FileProblem.of(e), e);
        }
    }

    static SortedMap<String, String> look(Path directory) {
        SortedMap<String, String> found = new TreeMap<>();
        try {
            Files.walkFileTree(directory, new Visitor(directory, found));
            Checkout.around(directory)
                    .map(Checkout::common)
                    .filter(git -> !git.equals(directory.resolve(".git").toAbsolutePath()))
                    .ifPresent(git -> lookAtGit(directory, git, found));
        } catch (IOException e) {
            throw new UncheckedIOException("the files of " + directory + " can't be listed: " + FileProblem.of(e), e);
        }
        return found;
    }

    /** Adds the files that run something, with their hashes. */
    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Path root;
        private final SortedMap<String, String> found;

        private Visitor(Path root, SortedMap<String, String> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
            String name = String.valueOf(entered.getFileName());
            if (name.equals(".git")) {
                lookAtGit(root, entered, found);
                return FileVisitResult.SKIP_SUBTREE;
            }
            return NOT_LOOKED_INTO.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = PathText.withSlashes(root.relativize(file));
            if (AutoExecutedFiles.isReadUnasked(name)) {
                found.put(name, hash(file));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path left, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static void lookAtGit(Path directory, Path git, SortedMap<String, String> found) {
        List<Path> files = new ArrayList<>(settings(git));
        modules(git.resolve("modules")).forEach(module -> files.addAll(settings(module)));
        for (Path worktree : in(git.resolve("worktrees"))) {
            files.add(worktree.resolve("config.worktree"));
            if (!isUsual(worktree.resolve("commondir"))) {
                files.add(worktree.resolve("commondir"));
            }
        }
        files.stream()
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .forEach(file -> found.put(name(directory, file), hash(file)));
    }

    /** Returns a file's relative name, or its path if the git directory is elsewhere. */
    private static String name(Path directory, Path file) {
        return file.startsWith(directory) ? PathText.withSlashes(directory.relativize(file)) : file.toString();
    }

    /** Returns the git directories of submodules, whose names may contain slashes. */
    private static List<Path> modules(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var all = Files.walk(directory, DEEPEST_MODULE)) {
            return all.filter(module -> Files.exists(module.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(directory);
        }
    }

    private static List<Path> settings(Path git) {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("config", "config.worktree", "commondir", "objects/info/alternates")) {
            files.add(git.resolve(name));
        }
        // Git does not run its sample hooks.
        in(git.resolve("hooks")).stream()
                .filter(hook -> !hook.toString().endsWith(".sample"))
                .forEach(files::add);
        return files;
    }

    /**
     * Checks for the usual {@code commondir}, which locates a worktree's repository. Worktrees come and go with agents.
     */
    private static boolean isUsual(Path commonDirectory) {
        try {
            return Files.isRegularFile(commonDirectory, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(commonDirectory) < MOST_READ
                    && Files.readString(commonDirectory, StandardCharsets.ISO_8859_1)
                            .equals("../..\n");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> in(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of(directory);
        }
    }

    private static String hash(Path file) {
        try {
            if (Files.isSymbolicLink(file)) {
                return "link " + Files.readSymbolicLink(file);
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_READ) {
                return "no small file";
            }
            return new Sha256()
                    .add(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .shortHex();
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
