package io.github.claudefleet.watchdog;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Separate process that removes a build's resources from the engine when Maven dies without a chance to do so. It holds
 * only the other end of a pipe, which the kernel closes with Maven, so that no container needs access to the engine. In
 * a session of its own it survives signals to Maven's terminal and process group.
 */
public final class Watchdog {

    private final Process process;
    private final Path log;

    private Watchdog(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a watchdog for this process.
     *
     * @param engine address of the engine
     * @param build id of the build whose resources are removed
     * @param classPath files with this class and all its dependencies
     * @param log file for messages of the removal
     * @throws UncheckedIOException if the process can't be started
     */
    public static Watchdog start(String engine, String build, List<Path> classPath, Path log) {
        DetachedJvm jvm = new DetachedJvm(WatchdogMain.class, classPath);
        try {
            Files.createDirectories(log.getParent());
            return new Watchdog(jvm.start(log, engine, build), log);
        } catch (IOException e) {
            throw new UncheckedIOException("no watchdog for this build: " + FileProblem.of(e), e);
        }
    }

    /** Returns true if the watchdog runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Lets the watchdog remove the remaining resources now. */
    public void takeOver() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The process is gone already.
            return;
        }
    }

    /** Ends the watchdog, because nothing is left to remove. */
    public void dismiss() {
        try (OutputStream toIt = process.getOutputStream()) {
            toIt.write('\n');
        } catch (IOException e) {
            // The process is gone already.
            return;
        } finally {
            removeEmptyLog();
        }
    }

    private void removeEmptyLog() {
        try {
            if (Files.exists(log) && Files.size(log) == 0) {
                Files.delete(log);
            }
        } catch (IOException e) {
            // A leftover empty file does no harm.
            return;
        }
    }
}
