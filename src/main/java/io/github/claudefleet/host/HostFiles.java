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

/** Owners and modes of files on platforms with numeric ones; on other platforms nothing is known. */
public final class HostFiles {

    private static final int OWNER_READS = 0400;
    /** A directory takes new files from who can both write and enter it. */
    private static final int OWNER_CREATES = 0300;

    private static final int GROUP_CREATES = 0030;
    private static final int OTHERS_CREATE = 0003;
    private static final int OWNER_ENTERS = 0500;
    private static final int GROUP_ENTERS = 0050;
    private static final int OTHERS_ENTER = 0005;
    private static final int OTHERS_WRITE = 0002;

    private static final long MOST_DIGESTED = 1L << 20;

    private HostFiles() {}

    /** Returns the numeric owner, or empty if the platform has none or it can't be read. Links are not followed. */
    public static Optional<Integer> uid(Path file) {
        return number(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the permission bits, or empty if the platform has none or they can't be read. */
    public static Optional<Integer> mode(Path file) {
        return number(file, "unix:mode").map(mode -> mode & 07777);
    }

    /**
     * Checks by owner and mode whether a user can write a directory; true if the platform can't tell. Access lists and
     * the user's further groups are ignored.
     */
    public static boolean canWrite(Path directory, ContainerUser user) {
        Optional<Integer> mode = number(directory, "unix:mode");
        if (mode.isEmpty()) {
            return true;
        }
        if (number(directory, "unix:uid").equals(Optional.of(user.uid()))) {
            return (mode.get() & OWNER_CREATES) == OWNER_CREATES;
        }
        boolean sameGroup = number(directory, "unix:gid").equals(Optional.of(user.gid()));
        int wanted = sameGroup ? GROUP_CREATES : OTHERS_CREATE;
        return (mode.get() & wanted) == wanted;
    }

    /**
     * Checks whether users other than the owner and its group can write a directory; true if the platform can't tell.
     */
    public static boolean othersCanWrite(Path directory) {
        return number(directory, "unix:mode")
                .map(mode -> (mode & OTHERS_WRITE) != 0)
                .orElse(true);
    }

    /** Checks by owner and mode whether a user can list and enter a directory; true if the platform can't tell. */
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

    /** Checks whether a file's mode lets its owner read it; true if the platform can't tell. */
    public static boolean ownerReads(Path file) {
        return number(file, "unix:mode").map(mode -> (mode & OWNER_READS) != 0).orElse(true);
    }

    /**
     * Changes the owner and group of a file; only root can.
     *
     * @throws IOException if this user can't
     */
    public static void giveTo(Path file, ContainerUser user) throws IOException {
        Files.setAttribute(file, "unix:uid", user.uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", user.gid(), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Changes the owner and group of a directory and of everything in it.
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
     * Creates a directory and its missing parents. If root creates them in another user's directory, such as the home
     * of the user who called {@code sudo}, that user becomes their owner and can use them.
     *
     * @throws IOException if the directory can't be created
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

    /** Returns the last modification time of a file or directory; empty if it doesn't exist or can't be read. */
    public static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the SHA-256 hash of a small file (up to 1 MiB), hexadecimal; empty if it is missing, larger or
     * unreadable.
     */
    public static Optional<String> digest(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MOST_DIGESTED
                    ? Optional.of(new Sha256().add(Files.readAllBytes(file)).hex())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the usable space at a file's location, in bytes; {@link Long#MAX_VALUE} if the platform can't tell. */
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
