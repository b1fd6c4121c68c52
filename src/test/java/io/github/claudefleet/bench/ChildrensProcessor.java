package io.github.claudefleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of this process's children: a measure of their work that is independent of the load of the machine.
 */
final class ChildrensProcessor {

    private static final double TICKS_PER_SECOND = 100;
    /** Index of cutime and cstime, counted from the field after the process's name; see proc(5). */
    private static final int CUTIME = 13;

    private ChildrensProcessor() {}

    /** Processor time in seconds of all children that have ended. */
    static double seconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CUTIME + 1])) / TICKS_PER_SECOND;
    }
}
