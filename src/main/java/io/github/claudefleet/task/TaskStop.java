package io.github.claudefleet.task;

import java.util.Optional;

/** Stop of an attempt from outside. Not thread-safe. */
final class TaskStop {

    /** Cause of the stop that is under way. */
    private Optional<StopCause> underWay = Optional.empty();
    /** Cause of the stop, under way or complete. */
    private Optional<StopCause> cause = Optional.empty();

    private TaskResult result = TaskResult.of(Outcome.UNKNOWN, "");

    void begin(StopCause why, String reason) {
        underWay = Optional.of(why);
        cause = underWay;
        result = TaskResult.of(why.outcome(), reason);
    }

    /** Forgets the stop, as another attempt begins. */
    void reset() {
        underWay = Optional.empty();
        cause = Optional.empty();
    }

    /** Records that the CLI has ended. A check that follows is not stopped because of the CLI. */
    void cliEnded() {
        underWay = underWay.filter(why -> !why.sparesCheck());
    }

    boolean isUnderWay() {
        return underWay.isPresent();
    }

    /** Checks whether the attempt was stopped, or is being stopped. */
    boolean wasBegun() {
        return cause.isPresent();
    }

    /**
     * Returns the result of the stop if that explains the given result, or else the given result.
     *
     * @param unfinished true if the session had work that was under way
     */
    TaskResult explain(TaskResult how, boolean unfinished) {
        return cause.filter(why -> why.explains(how.outcome(), unfinished))
                .map(why -> result)
                .orElse(how);
    }
}
