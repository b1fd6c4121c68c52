package io.github.claudefleet.task;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskQueue;
import java.time.Instant;
import java.util.Optional;

/** Current phase of a task and its history. Not thread-safe. */
final class TaskState {

    /** Phases of a task. */
    enum Phase {
        /** Waits for an agent, a time or another task. */
        WAITING,
        /** Sent to an agent, or begun by the agent itself. */
        GIVEN,
        /** Begun. */
        RUNNING,
        /** Judged. */
        OVER
    }

    final TaskQueue queue;
    final Task task;
    final TaskRecord record;
    Phase phase = Phase.WAITING;
    Optional<AgentName> agent = Optional.empty();
    /** Highest attempt that was sent to an agent; 0 for none. */
    int given;
    /** Agent that got this attempt. */
    Optional<AgentName> givenTo = Optional.empty();
    /** Number of attempts that failed for a temporary reason and were repeated. */
    int retried;

    Instant since = Instant.EPOCH;
    Instant heardAt = Instant.EPOCH;
    /** Time of the session's last progress: a turn, a result, or a change of its background tasks. */
    Instant activeAt = Instant.EPOCH;

    Instant notBefore = Instant.EPOCH;
    /** Cause of the stop that is under way. */
    Optional<StopCause> stopping = Optional.empty();
    /** Cause of the stop, under way or complete. */
    private Optional<StopCause> stopped = Optional.empty();

    private TaskResult whenStopped = TaskResult.of(Outcome.UNKNOWN, "");
    /** End of its agent's container, if that ended during the task. */
    private Optional<ContainerEnd> vanished = Optional.empty();

    TaskResult taskResult = TaskResult.of(Outcome.NOT_STARTED, "");

    TaskState(TaskQueue queue, Task task) {
        this.queue = queue;
        this.task = task;
        this.record = new TaskRecord(task, queue.check());
    }

    boolean is(Phase wanted) {
        return phase == wanted;
    }

    boolean isDone() {
        return phase == Phase.OVER && taskResult.outcome() == Outcome.DONE;
    }

    /** Assigns the task to an agent, which is to begin it. */
    void give(AgentName to, int attempt, Instant now) {
        phase = Phase.GIVEN;
        vanished = Optional.empty();
        agent = Optional.of(to);
        givenTo = agent;
        given = Math.max(given, attempt);
        since = now;
        heardAt = now;
        resetStop();
    }

    void begin(TaskAttempt run, String imageId, Instant now) {
        record.add(run, imageId);
        vanished = Optional.empty();
        phase = Phase.RUNNING;
        agent = Optional.of(run.agent());
        given = Math.max(given, record.attempts());
        since = run.beganAt();
        heardAt = now;
        activeAt = now;
        resetStop();
    }

    private void resetStop() {
        stopping = Optional.empty();
        stopped = Optional.empty();
    }

    void stop(StopCause cause, String reason) {
        stopping = Optional.of(cause);
        stopped = stopping;
        whenStopped = TaskResult.of(cause.outcome(), reason);
    }

    /** Checks whether a stop was requested. */
    boolean wasStopped() {
        return stopped.isPresent();
    }

    /** Records the end of the CLI. A check that follows is not stopped because of the CLI. */
    void endOfCli() {
        stopping = stopping.filter(cause -> !cause.sparesCheck());
    }

    /** Records that its agent's container has ended, or that its output can't be read. */
    void vanish(ContainerEnd end, Instant now) {
        vanished = Optional.of(end);
        heardAt = now;
    }

    Optional<ContainerEnd> vanished() {
        return vanished;
    }

    /** Restarts the clocks after a time in which no output could be read. */
    void excuse(Instant now) {
        if (phase == Phase.GIVEN) {
            since = now;
        }
        if (phase == Phase.RUNNING && !hasEnded() && vanished.isEmpty()) {
            heardAt = now;
            activeAt = now;
        }
    }

    /** Continues with the next attempt, which was sent to an agent before this one was over. */
    void awaitNext(Instant now) {
        give(givenTo.orElseThrow(), given, now);
    }

    /** Waits for another attempt. */
    void wait(Instant until) {
        phase = Phase.WAITING;
        agent = Optional.empty();
        notBefore = until;
    }

    /** Returns the result of the stop if that explains the given result, or else the given result. */
    TaskResult afterStop(TaskResult how) {
        boolean unfinished = record.last()
                .filter(run -> run.session().isUnfinished() || run.session().isWaiting())
                .isPresent();
        return stopped.filter(cause -> cause.explains(how.outcome(), unfinished))
                .map(cause -> whenStopped)
                .orElse(how);
    }

    void end(TaskResult how) {
        phase = Phase.OVER;
        taskResult = how;
    }

    /** Checks whether the process has ended and nothing follows. */
    boolean hasEnded() {
        return record.last()
                .filter(run -> run.ended()
                        .filter(end -> !end.checkFollows() || run.check().isPresent())
                        .isPresent())
                .isPresent();
    }

    /** Checks whether no more events can follow. */
    boolean isOnlyToBeJudged() {
        return hasEnded() || vanished.isPresent();
    }
}
