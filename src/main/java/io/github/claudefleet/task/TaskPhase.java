package io.github.claudefleet.task;

/** Phases of a task. */
enum TaskPhase {
    /** Waits for an agent, a time or another task. */
    WAITING,
    /** Sent to an agent, or begun by the agent itself. */
    SENT,
    /** Begun. */
    RUNNING,
    /** Judged, but the result is final only when one of several candidates is chosen. */
    UNDECIDED,
    /** Judged. */
    OVER
}
