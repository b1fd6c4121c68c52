package io.github.claudefleet.task;

import java.util.Locale;
import java.util.Optional;

/** Tells a run that had no room to write from others that failed: only those are asked. */
final class DiskFull {

    private DiskFull() {}

    /** Whether that is the kernel's word for it, or Node's. */
    static boolean isSaidBy(String text) {
        return text.toLowerCase(Locale.ROOT).contains("no space left on device") || text.contains("ENOSPC");
    }

    /** The judgement of a run that failed, where it was for want of room. */
    static Optional<TaskResult> of(TaskAttempt run, String reason) {
        return run.full()
                .or(() -> Optional.of(reason).filter(DiskFull::isSaidBy))
                .map(said -> TaskResult.of(Outcome.DISK_FULL, said));
    }
}
