package io.github.claudefleet.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * Right to have the only kubelet of this machine, of all processes. Kubelet removes the logs of pods that it does not
 * know, and their directory is the same for all clusters.
 */
final class ClusterLock implements AutoCloseable {

    private static final Path FILE = Path.of(System.getProperty("java.io.tmpdir"), "claude-fleet-kubernetes.lock");
    private static final Duration LIMIT = Duration.ofMinutes(40);

    private final FileChannel channel;

    private ClusterLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until no other cluster of the tests runs. A process that ends gives its lock back. */
    static ClusterLock acquire() throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Instant end = Instant.now().plus(LIMIT);
        FileLock lock = channel.tryLock();
        while (lock == null) {
            if (Instant.now().isAfter(end)) {
                channel.close();
                throw new AssertionError("another cluster has run for " + LIMIT + ": see who has " + FILE + " open");
            }
            Thread.sleep(500);
            lock = channel.tryLock();
        }
        return new ClusterLock(channel);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
