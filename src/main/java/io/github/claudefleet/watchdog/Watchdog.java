package io.github.claudefleet.watchdog;

import io.github.claudefleet.runtime.KitResources;
import io.github.claudefleet.spec.FileProblem;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Separate process that removes a build's resources from the engine when Maven dies without a chance to do so. It holds
 * only the other end of a pipe, which the kernel closes with Maven, so that no container needs access to the engine. In
 * a session of its own it survives signals to Maven's terminal and process group.
 */
public final class Watchdog {

    private static final List<String> SMALL = List.of(
            "-Xmx64m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto");

    private static final Set<String> NEEDED = Set.of(
            "PATH", "HOME", "USER", "XDG_RUNTIME_DIR", "TMPDIR", "LANG", "LC_ALL", "SystemRoot", "USERPROFILE", "TEMP");

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
        List<String> command = new ArrayList<>();
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            command.addAll(KitResources.inlined("detach.sh"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.addAll(List.of("-cp", joined(classPath), WatchdogMain.class.getName(), engine, build));
        try {
            Files.createDirectories(log.getParent());
            return new Watchdog(launch(command, log), log);
        } catch (IOException e) {
            throw new UncheckedIOException("no watchdog for this build: " + FileProblem.of(e), e);
        }
    }

    private static Process launch(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File(System.getProperty("java.io.tmpdir")))
                // The logging library warns there that it has no provider.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The watchdog needs no credentials from Maven's environment, and no debugger options that would keep it from
        // starting.
        builder.environment().keySet().removeIf(name -> !name.startsWith("DOCKER_") && !NEEDED.contains(name));
        return builder.start();
    }

    private static String joined(List<Path> classPath) {
        return String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList());
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
