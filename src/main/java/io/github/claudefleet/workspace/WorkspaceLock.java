package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lock that gives one goal at a time access to a workspace, across threads and processes. It ends with the process. */
final class WorkspaceLock {

    private static final int MOST_ATTEMPTS = 1_000;

    private static final Map<Path, ReentrantLock> WITHIN = new ConcurrentHashMap<>();

    private WorkspaceLock() {}

    static <T> T holding(WorkspaceLayout place, Supplier<T> work) {
        ReentrantLock within = WITHIN.computeIfAbsent(place.lock().toAbsolutePath(), path -> new ReentrantLock());
        within.lock();
        try {
            return within.getHoldCount() > 1 ? work.get() : beside(place, work);
        } finally {
            within.unlock();
        }
    }

    private static <T> T beside(WorkspaceLayout place, Supplier<T> work) {
        try (FileChannel held = locked(place)) {
            assert held.isOpen();
            try {
                return work.get();
            } finally {
                removeIfAlone(place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be locked: " + FileProblem.of(e), e);
        }
    }

    /** Locks a file and checks that it still exists, since the last holder may have removed it. */
    private static FileChannel locked(WorkspaceLayout place) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            FileChannel channel = null;
            boolean held = false;
            try {
                Files.createDirectories(place.directory());
                channel = FileChannel.open(place.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                Object file = key(place.lock());
                held = channel.lock().isValid() && Objects.equals(file, key(place.lock()));
                if (held) {
                    return channel;
                }
            } catch (NoSuchFileException e) {
                // Removed in the meantime; try again.
                continue;
            } finally {
                if (channel != null && !held) {
                    channel.close();
                }
            }
        }
        throw new IOException("others make and remove it all the time");
    }

    /** Returns an identity that differs for another file of equal name; null if the file system has none. */
    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Removes a lock file that guards nothing: all was removed or nothing created, now or by a killed process. */
    private static void removeIfAlone(WorkspaceLayout place) throws IOException {
        try (Stream<Path> files = Files.list(place.directory())) {
            if (files.anyMatch(file -> !file.equals(place.lock()))) {
                return;
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(place.lock());
        place.removeIfEmpty();
    }
}
