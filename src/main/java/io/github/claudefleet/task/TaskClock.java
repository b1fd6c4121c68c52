package io.github.claudefleet.task;

import java.time.Instant;

/** Times of a task's last attempt, which limits are measured from. Not thread-safe. */
final class TaskClock {

    private Instant since = Instant.EPOCH;
    private Instant heardAt = Instant.EPOCH;
    private Instant activeAt = Instant.EPOCH;

    /** Returns the time at which the task was sent to its agent, or at which its attempt began. */
    Instant since() {
        return since;
    }

    /** Returns the time of the agent's last sign of life. */
    Instant heardAt() {
        return heardAt;
    }

    /** Returns the time of the session's last progress: a turn, a result, or a change of its background tasks. */
    Instant activeAt() {
        return activeAt;
    }

    void sent(Instant now) {
        since = now;
        heardAt = now;
    }

    void begun(Instant at, Instant now) {
        since = at;
        heardAt = now;
        activeAt = now;
    }

    void heard(Instant now) {
        heardAt = now;
    }

    void active(Instant now) {
        activeAt = now;
    }

    /** Restarts the time for the agent to begin. */
    void excuseBegin(Instant now) {
        since = now;
    }
}
