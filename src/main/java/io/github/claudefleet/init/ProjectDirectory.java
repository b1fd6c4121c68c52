package io.github.claudefleet.init;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Directory of a pom. Its files are written whole or not at all, and never outside of the project, whose top has
 * {@code .git} or {@code .mvn}.
 *
 * @param path directory of the pom
 */
record ProjectDirectory(Path path) {

    private static final List<String> TOPS = List.of(".git", ".mvn");
    private static final Set<PosixFilePermission> WRITE = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** Returns the nearest directory with a pom, from a directory upwards to the top of its repository. */
    static Optional<Path> nearestPom(Path directory) {
        return upwards(directory)
                .map(parent -> parent.resolve("pom.xml"))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Stream<Path> upwards(Path directory) {
        Optional<Path> top = top(directory);
        return Stream.iterate(directory, parent -> parent != null, Path::getParent)
                .takeWhile(parent -> top.map(parent::startsWith).orElse(true));
    }

    private static Optional<Path> top(Path directory) {
        return Stream.iterate(directory, parent -> parent != null, Path::getParent)
                .filter(parent -> Files.exists(parent.resolve(".git")))
                .findFirst();
    }

    /**
     * Returns the file behind any links.
     *
     * @throws InvalidSpecException if it is outside of the project, or read-only
     */
    Path writable(Path file) throws IOException {
        Path real = file.toRealPath();
        requireInside(file, real);
        if (!Files.isWritable(real) || isReadOnly(real)) {
            throw new InvalidSpecException(file.toString(), "is read-only", "Make it writable, then call init again.");
        }
        return real;
    }

    private static boolean isReadOnly(Path real) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(real, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().stream().noneMatch(WRITE::contains);
    }

    /**
     * Checks the place of a new file.
     *
     * @throws InvalidSpecException if a link leads out of the project
     */
    void checkPlace(Path file) throws IOException {
        Path existing = file.getParent();
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        requireInside(file, existing.toRealPath());
    }

    private void requireInside(Path file, Path real) throws IOException {
        Path top = Stream.iterate(path.toRealPath(), parent -> parent != null, Path::getParent)
                .filter(parent -> TOPS.stream().anyMatch(name -> Files.exists(parent.resolve(name))))
                .findFirst()
                .orElse(path.toRealPath());
        if (!real.startsWith(top)) {
            throw new InvalidSpecException(
                    file.toString(),
                    "leads out of the project, to " + real,
                    "Call init where that file is, or name it by -f.");
        }
    }

    /** Writes a new file, and its directories. */
    static void create(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be written: " + FileProblem.of(e, file), e);
        }
    }

    /** Replaces a file at once. It keeps its mode and, if possible, its owner. */
    static void replace(Path file, byte[] bytes) {
        try {
            Path draft = Files.createTempFile(file.getParent(), ".pom", ".new");
            try {
                Files.write(draft, bytes);
                copyAttributes(file, draft);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be written: " + FileProblem.of(e, file), e);
        }
    }

    private static void copyAttributes(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
        copyOwner(attributes, view);
        view.setPermissions(attributes.permissions());
    }

    /** Keeps the owner where this user may. Others can be given a file's content, but not the file. */
    private static void copyOwner(PosixFileAttributes from, PosixFileAttributeView to) {
        try {
            if (!to.readAttributes().group().equals(from.group())) {
                to.setGroup(from.group());
            }
            if (!to.getOwner().equals(from.owner())) {
                to.setOwner(from.owner());
            }
        } catch (IOException e) {
            return;
        }
    }
}
