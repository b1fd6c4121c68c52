package io.github.claudefleet.host;

/** Whether a process that was met before is still there. */
public enum Liveness {
    ALIVE,
    DEAD,
    /** Nobody can tell from here: it is, or was, on another machine, in another container, or another user's. */
    UNKNOWN
}
