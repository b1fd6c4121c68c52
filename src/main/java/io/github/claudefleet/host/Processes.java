package io.github.claudefleet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Access to the processes of this machine. */
final class Processes {

    private static final Path PROC = Path.of("/proc");
    /** Index of the state in {@code /proc/PID/stat}, counted after the name, which may contain any character. */
    private static final int STATE = 0;

    private static final int START = 19;

    private Processes() {}

    /**
     * Returns the start time of a process, in the system's own unit; empty if no such process is alive. Linux counts
     * from its boot. The JDK converts that to a time of day, which differs whenever the clock was set.
     *
     * @throws IOException if the start time can't be read
     */
    static Optional<String> startOf(long pid) throws IOException {
        return Files.isReadable(PROC.resolve("self/stat")) ? fromProc(pid) : fromJdk(pid);
    }

    private static Optional<String> fromProc(long pid) throws IOException {
        Path folder = PROC.resolve(String.valueOf(pid));
        String stat;
        try {
            stat = Files.readString(folder.resolve("stat"));
        } catch (IOException e) {
            if (Files.notExists(folder)) {
                return Optional.empty();
            }
            throw e;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
        return ended ? Optional.empty() : Optional.of(fields[START]);
    }

    private static Optional<String> fromJdk(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toString);
    }
}
