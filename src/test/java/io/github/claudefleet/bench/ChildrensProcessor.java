package io.github.claudefleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process's children took of the processors, which says how much work it was however busy the machine is. */
final class ChildrensProcessor {

    private static final double TICKS_PER_SECOND = 100;
    /** Where cutime and cstime are, counted from the field after the process's name; see proc(5). */
    private static final int CUTIME = 13;

    private ChildrensProcessor() {}

    /** Seconds of all children that have ended. */
    static double seconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CUTIME + 1])) / TICKS_PER_SECOND;
    }
}
