package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Prevents two processes of this machine from writing to one results directory. The lock ends with its process. */
final class ResultsLock {

    private final FileChannel channel;

    private ResultsLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws InvalidSpecException if another process has the lock, or the directory can't be written */
    static ResultsLock in(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve(".await.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locks(channel)) {
                return new ResultsLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new InvalidSpecException(
                    "resultsDirectory",
                    directory + " can't be written (" + FileProblem.of(e) + ")",
                    "Name a directory that you can write.");
        }
        throw new InvalidSpecException(
                "resultsDirectory",
                directory + " is in use: another claude-fleet:await follows this fleet",
                "Wait for that one, or end it; this one then finds all that the agents did.");
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Ends with the process at the latest.
            return;
        }
    }
}
