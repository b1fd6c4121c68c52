package io.github.claudefleet.task;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskQueue;
import java.time.Instant;
import java.util.Optional;

/** Where a task is on its way. Not for use by two threads at once. */
final class TaskState {

    /** The stations of its way. */
    enum Phase {
        /** For an agent, a time or another task. */
        WAITING,
        /** An agent was told, or tells itself, to begin. */
        GIVEN,
        /** It has begun. */
        RUNNING,
        /** It is judged. */
        OVER
    }

    final TaskQueue queue;
    final Task task;
    final TaskRecord record;
    Phase phase = Phase.WAITING;
    Optional<AgentName> agent = Optional.empty();
    /** The highest attempt that an agent was given; 0 for none. */
    int given;
    /** Who was given that. */
    Optional<AgentName> givenTo = Optional.empty();
    /** Attempts that ended for a passing reason. */
    int retried;

    Instant since = Instant.EPOCH;
    Instant heardAt = Instant.EPOCH;
    /** When its session went on last: a turn, a result, a change of what is in the background. */
    Instant activeAt = Instant.EPOCH;

    Instant notBefore = Instant.EPOCH;
    /** Why it is being stopped. */
    Optional<StopCause> stopping = Optional.empty();
    /** Why it was stopped, or is. */
    private Optional<StopCause> stopped = Optional.empty();

    private TaskResult whenStopped = TaskResult.of(Outcome.UNKNOWN, "");
    /** What became of its agent's container, where that ended under it. */
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

    /** It is an agent's now, which is to begin. */
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

    /** Whether its end was asked for. */
    boolean wasStopped() {
        return stopped.isPresent();
    }

    /** Its CLI has ended; a check that follows is not stopped for the CLI's sake. */
    void endOfCli() {
        stopping = stopping.filter(cause -> !cause.sparesCheck());
    }

    /** Its agent's container has ended, or nothing of that can be heard. */
    void vanish(ContainerEnd end, Instant now) {
        vanished = Optional.of(end);
        heardAt = now;
    }

    Optional<ContainerEnd> vanished() {
        return vanished;
    }

    /** Nobody could hear it for a while: its clocks begin anew. */
    void excuse(Instant now) {
        if (phase == Phase.GIVEN) {
            since = now;
        }
        if (phase == Phase.RUNNING && !hasEnded() && vanished.isEmpty()) {
            heardAt = now;
            activeAt = now;
        }
    }

    /** Its next attempt was given to an agent before this one was over. */
    void awaitNext(Instant now) {
        give(givenTo.orElseThrow(), given, now);
    }

    /** It waits, for another attempt. */
    void wait(Instant until) {
        phase = Phase.WAITING;
        agent = Optional.empty();
        notBefore = until;
    }

    /** The same, or that it was stopped where that is why it ended so. */
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

    /** Whether the process has ended and nothing follows. */
    boolean hasEnded() {
        return record.last()
                .filter(run -> run.ended()
                        .filter(end -> !end.checkFollows() || run.check().isPresent())
                        .isPresent())
                .isPresent();
    }

    /** Whether nothing more is to come of it. */
    boolean isOnlyToBeJudged() {
        return hasEnded() || vanished.isPresent();
    }
}
