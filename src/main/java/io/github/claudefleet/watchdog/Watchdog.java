package io.github.claudefleet.watchdog;

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
 * A process of its own that removes what a build has on the engine when Maven dies without a chance to do so. It holds nothing but the
 * other end of a pipe, which the kernel closes with Maven, so that no container needs access to the engine. In a session of its own it
 * outlives signals to Maven's terminal and process group.
 */
public final class Watchdog {

    private static final List<String> SMALL = List.of(
            "-Xmx64m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto");

    /** {@code setsid} is Linux's; elsewhere Perl, which macOS has, calls what that does. */
    private static final String APART = "trap '' INT HUP TERM;"
            + " if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi;"
            + " if command -v perl >/dev/null 2>&1; then exec perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' \"$@\"; fi;"
            + " exec \"$@\"";

    private static final Set<String> NEEDED = Set.of(
            "PATH", "HOME", "USER", "XDG_RUNTIME_DIR", "TMPDIR", "LANG", "LC_ALL", "SystemRoot", "USERPROFILE", "TEMP");

    private final Process process;
    private final Path log;

    private Watchdog(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Begins to watch this process.
     *
     * @param engine the engine's address
     * @param build the build whose things are removed
     * @param classPath with this class and all that it needs
     * @param log a file for what it then has to tell
     * @throws UncheckedIOException if there can be no such process
     */
    public static Watchdog start(String engine, String build, List<Path> classPath, Path log) {
        List<String> command = new ArrayList<>();
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            command.addAll(List.of("/bin/sh", "-c", APART, "claude-fleet-watchdog"));
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
                // The logging library complains there that nobody wants its lines.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Credentials in Maven's environment are none of its business, nor is a debugger that would keep it from
        // starting.
        builder.environment().keySet().removeIf(name -> !name.startsWith("DOCKER_") && !NEEDED.contains(name));
        return builder.start();
    }

    private static String joined(List<Path> classPath) {
        return String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList());
    }

    /** Whether it watches. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** It is to remove now what is still there. */
    public void takeOver() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already.
            return;
        }
    }

    /** There is nothing any more that it would have to remove. */
    public void dismiss() {
        try (OutputStream toIt = process.getOutputStream()) {
            toIt.write('\n');
        } catch (IOException e) {
            // It is gone already.
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
            // An empty file more is no harm.
            return;
        }
    }
}
