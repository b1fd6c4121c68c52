package io.github.claudefleet.work;

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
    /** When it gave its result, where it has. */
    Instant answeredAt = Instant.EPOCH;

    Instant notBefore = Instant.EPOCH;
    Optional<StopCause> stopping = Optional.empty();
    /** What became of its agent's container, where that ended under it. */
    private Optional<ContainerEnd> vanished = Optional.empty();

    Judgement judgement = Judgement.of(Outcome.NOT_STARTED, "");

    TaskState(TaskQueue queue, Task task) {
        this.queue = queue;
        this.task = task;
        this.record = new TaskRecord(task, queue.check());
    }

    boolean is(Phase wanted) {
        return phase == wanted;
    }

    boolean isDone() {
        return phase == Phase.OVER && judgement.outcome() == Outcome.DONE;
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
        stopping = Optional.empty();
    }

    void begin(Run run, String imageId, Instant now) {
        record.add(run, imageId);
        vanished = Optional.empty();
        phase = Phase.RUNNING;
        agent = Optional.of(run.agent());
        given = Math.max(given, record.attempts());
        since = run.beganAt();
        heardAt = now;
        answeredAt = now;
        stopping = Optional.empty();
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
            answeredAt = now;
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

    /** The same, or that it was stopped where it had not come to a good end by then. */
    Judgement afterStop(Judgement how) {
        return stopping.filter(cause -> cause != StopCause.LINGERING && how.outcome() != Outcome.DONE)
                .map(cause -> Judgement.of(cause.outcome(), judgement.reason()))
                .orElse(how);
    }

    void end(Judgement how) {
        phase = Phase.OVER;
        judgement = how;
    }

    /** Whether the process has ended and nothing follows. */
    boolean hasEnded() {
        return record.last()
                .filter(run -> run.ended()
                        .filter(end -> !isChecked(end) || run.check().isPresent())
                        .isPresent())
                .isPresent();
    }

    /** Whether nothing more is to come of it. */
    boolean isOnlyToBeJudged() {
        return hasEnded() || vanished.isPresent();
    }

    private boolean isChecked(Event.Ended end) {
        return queue.check().isPresent() && end.exitCode() == 0;
    }
}
