package io.github.claudefleet.task;

import java.util.Locale;

/** Recognizes that there was no space left to write. Only failed attempts are checked. */
final class DiskFull {

    private DiskFull() {}

    /** Checks for the message of the kernel or of Node. */
    static boolean isSaidBy(String text) {
        return text.toLowerCase(Locale.ROOT).contains("no space left on device") || text.contains("ENOSPC");
    }
}
