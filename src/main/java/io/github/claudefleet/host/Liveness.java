package io.github.claudefleet.host;

/** Liveness of a process that was seen before. */
public enum Liveness {
    ALIVE,
    DEAD,
    /** Unknown from here: the process is, or was, on another machine, in another container, or another user's. */
    UNKNOWN
}
