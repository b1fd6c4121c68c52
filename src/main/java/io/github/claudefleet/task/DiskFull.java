package io.github.claudefleet.task;

import java.util.Locale;
import java.util.Optional;

/** Detects attempts that had no space left to write. Only failed attempts are checked. */
final class DiskFull {

    private DiskFull() {}

    /** Checks for the message of the kernel or of Node. */
    static boolean isSaidBy(String text) {
        return text.toLowerCase(Locale.ROOT).contains("no space left on device") || text.contains("ENOSPC");
    }

    /** Returns the result of a failed attempt, if it failed for lack of space. */
    static Optional<TaskResult> of(TaskAttempt run, String reason) {
        return run.full()
                .or(() -> Optional.of(reason).filter(DiskFull::isSaidBy))
                .map(said -> TaskResult.of(Outcome.DISK_FULL, said));
    }
}
