package io.github.claudefleet.host;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/** Owners and modes of files on platforms that number them; elsewhere there is nothing to tell. */
public final class HostFiles {

    private static final int OWNER_READS = 0400;
    private static final int OWNER_WRITES = 0200;
    private static final int OWNER_ENTERS = 0500;
    private static final int GROUP_ENTERS = 0050;
    private static final int OTHERS_ENTER = 0005;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;

    private static final long MOST_DIGESTED = 1L << 20;

    private HostFiles() {}

    /** The numeric owner, or empty where the platform has none or the file can't be asked. A link is asked itself. */
    public static Optional<Integer> uid(Path file) {
        return number(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** The permission bits, or empty where the platform has none or the file can't be asked. */
    public static Optional<Integer> mode(Path file) {
        return number(file, "unix:mode").map(mode -> mode & 07777);
    }

    /**
     * Whether a user can write a directory, by its owner and mode; true where the platform can't tell. Access lists and
     * the user's further groups are not seen.
     */
    public static boolean canWrite(Path directory, ContainerUser user) {
        Optional<Integer> mode = number(directory, "unix:mode");
        if (mode.isEmpty()) {
            return true;
        }
        if (number(directory, "unix:uid").equals(Optional.of(user.uid()))) {
            return (mode.get() & OWNER_WRITES) != 0;
        }
        boolean sameGroup = number(directory, "unix:gid").equals(Optional.of(user.gid()));
        return (mode.get() & (sameGroup ? GROUP_WRITES : OTHERS_WRITE)) != 0;
    }

    /** Whether users who are nobody in particular can write a directory; true where the platform can't tell. */
    public static boolean othersCanWrite(Path directory) {
        return number(directory, "unix:mode")
                .map(mode -> (mode & OTHERS_WRITE) != 0)
                .orElse(true);
    }

    /** Whether a user can list a directory and enter it, by its owner and mode; true where the platform can't tell. */
    public static boolean canEnter(Path directory, ContainerUser user) {
        Optional<Integer> mode = number(directory, "unix:mode");
        if (mode.isEmpty()) {
            return true;
        }
        if (number(directory, "unix:uid").equals(Optional.of(user.uid()))) {
            return (mode.get() & OWNER_ENTERS) == OWNER_ENTERS;
        }
        int wanted = number(directory, "unix:gid").equals(Optional.of(user.gid())) ? GROUP_ENTERS : OTHERS_ENTER;
        return (mode.get() & wanted) == wanted;
    }

    /** Whether a file's mode lets its owner read it; true where the platform can't tell. */
    public static boolean ownerReads(Path file) {
        return number(file, "unix:mode").map(mode -> (mode & OWNER_READS) != 0).orElse(true);
    }

    /**
     * Makes a file another user's; only root can.
     *
     * @throws IOException if this user can't
     */
    public static void giveTo(Path file, ContainerUser user) throws IOException {
        Files.setAttribute(file, "unix:uid", user.uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", user.gid(), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The same with a directory and all that is in it.
     *
     * @throws IOException if this user can't
     */
    public static void giveAllTo(Path root, ContainerUser user) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                giveTo(file, user);
            }
        }
    }

    /**
     * Makes a directory and those on the way to it. What root makes in another user's directory, such as the home of who called
     * {@code sudo}, becomes that user's, who could do nothing with it otherwise.
     *
     * @throws IOException if it can't be made
     */
    public static void createDirectories(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path there = directory.toAbsolutePath().normalize();
        while (there != null && !Files.exists(there)) {
            missing.push(there);
            there = there.getParent();
        }
        Files.createDirectories(directory);
        Optional<Integer> owner = number(there, "unix:uid");
        Optional<Integer> group = number(there, "unix:gid");
        if (HostUser.isRoot() && owner.filter(uid -> uid != 0).isPresent() && group.isPresent()) {
            ContainerUser theirs = new ContainerUser(owner.get(), group.get());
            for (Path made : missing) {
                giveTo(made, theirs);
            }
        }
    }

    /** When a file, or a directory, was last changed; empty where it isn't there or can't be asked. */
    public static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** SHA-256 of a small file's content, hexadecimal; empty where it isn't there, is large, or can't be read. */
    public static Optional<String> digest(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MOST_DIGESTED
                    ? Optional.of(new Sha256().add(Files.readAllBytes(file)).hex())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What can still be written where a file is, in bytes; as much as there can be where the platform can't tell. */
    public static long freeBytes(Path file) {
        try {
            return Files.getFileStore(file).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static Optional<Integer> number(Path file, String attribute, LinkOption... options) {
        try {
            return Optional.of((Integer) Files.getAttribute(file, attribute, options));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
