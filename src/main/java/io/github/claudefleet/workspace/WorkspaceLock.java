package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One goal at a time for a workspace, in this process and beside it. The process's end ends it. */
final class WorkspaceLock {

    private static final Map<Path, ReentrantLock> WITHIN = new ConcurrentHashMap<>();

    private WorkspaceLock() {}

    static <T> T holding(Place place, Supplier<T> work) {
        ReentrantLock within = WITHIN.computeIfAbsent(place.lock().toAbsolutePath(), path -> new ReentrantLock());
        within.lock();
        try {
            return within.getHoldCount() > 1 ? work.get() : beside(place, work);
        } finally {
            within.unlock();
        }
    }

    private static <T> T beside(Place place, Supplier<T> work) {
        try {
            Files.createDirectories(place.directory());
            try (FileChannel channel =
                            FileChannel.open(place.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                assert held.isValid();
                return work.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the workspace " + place.directory() + " can't be locked: " + FileProblem.of(e), e);
        }
    }
}
