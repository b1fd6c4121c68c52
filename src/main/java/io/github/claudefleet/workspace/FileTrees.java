package io.github.claudefleet.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Recursive operations on directories; links are not followed. */
final class FileTrees {

    private FileTrees() {}

    /**
     * Result of walking a directory.
     *
     * @param repositories git repositories in it, without itself and without those nested in them
     * @param unreadable directories that can't be read or made readable
     * @param linked symbolic links to directories
     */
    record Survey(List<Path> repositories, List<Path> unreadable, List<Path> linked) {

        private Survey() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        private void add(Survey within) {
            repositories.addAll(within.repositories());
            unreadable.addAll(within.unreadable());
            linked.addAll(within.linked());
        }
    }

    /** Returns the git repositories in a directory, without itself and without those nested in them. */
    static List<Path> repositoriesIn(Path root) throws IOException {
        return survey(root, false).repositories();
    }

    /**
     * Walks an agent's files.
     *
     * @param opened true to open directories whose modes exclude their owner
     */
    static Survey survey(Path root, boolean opened) throws IOException {
        Survey survey = new Survey();
        Files.walkFileTree(root, new SurveyVisitor(root, opened, survey));
        return survey;
    }

    /** Adds the directories and links that it finds to a survey. */
    private static final class SurveyVisitor extends SimpleFileVisitor<Path> {

        private final Path root;
        private final boolean opened;
        private final Survey survey;

        private SurveyVisitor(Path root, boolean opened, Survey survey) {
            this.root = root;
            this.opened = opened;
            this.survey = survey;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (directory.getFileName().toString().equalsIgnoreCase(".git")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!directory.equals(root) && Files.exists(directory.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                survey.repositories().add(directory);
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (opened && !isOpen(directory)) {
                // Failures are reported in visitFileFailed, since the walk has already tried to open it.
                open(directory);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink() && Files.isDirectory(file)) {
                survey.linked().add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            boolean isGone = e instanceof NoSuchFileException;
            if (opened && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && open(file)) {
                survey.add(survey(file, true));
            } else if (opened && !isGone) {
                survey.unreadable().add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }

    /**
     * Lets the owner read a file, if its mode prevents that.
     *
     * @return true if it is readable
     */
    static boolean isReadable(Path file) {
        return Files.isReadable(file) || open(file);
    }

    private static boolean isOpen(Path directory) {
        return Files.isReadable(directory) && Files.isExecutable(directory);
    }

    /** Gives the owner access. */
    private static boolean open(Path file) {
        try {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
            permissions.add(PosixFilePermission.OWNER_READ);
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                permissions.add(PosixFilePermission.OWNER_WRITE);
                permissions.add(PosixFilePermission.OWNER_EXECUTE);
            }
            Files.setPosixFilePermissions(file, permissions);
            return Files.isReadable(file);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Copies a regular file, if it exists. */
    static void copyIfThere(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            Files.copy(from, to);
        }
    }

    /** Deletes a directory tree, whatever modes an agent set and however long its paths are. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            deleteAll(root);
        } catch (IOException e) {
            deleteByForce(root, e);
        }
    }

    private static void deleteAll(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (!Files.isWritable(directory)) {
                    open(directory);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && open(file)) {
                    deleteAll(file);
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes with {@code rm}, which descends step by step: a path may be too long for one system call. */
    private static void deleteByForce(Path root, IOException problem) throws IOException {
        try {
            Process process = new ProcessBuilder(
                            "rm", "-rf", "--", root.getFileName().toString())
                    .directory(root.toAbsolutePath().getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.waitFor();
        } catch (IOException e) {
            problem.addSuppressed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            throw problem;
        }
    }
}
