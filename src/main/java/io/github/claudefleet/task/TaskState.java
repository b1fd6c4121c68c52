package io.github.claudefleet.task;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.Usd;
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

    private final TaskQueue queue;
    private final TaskId id;
    private final TaskRecord record;
    private Phase phase = Phase.WAITING;
    private Optional<AgentName> agent = Optional.empty();
    private final AttemptNumbers numbers = new AttemptNumbers();
    private int retried;
    private Instant since = Instant.EPOCH;
    private Instant heardAt = Instant.EPOCH;
    private Instant activeAt = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    /** Cause of the stop that is under way. */
    private Optional<StopCause> stopping = Optional.empty();
    /** Cause of the stop, under way or complete. */
    private Optional<StopCause> stopped = Optional.empty();

    private TaskResult whenStopped = TaskResult.of(Outcome.UNKNOWN, "");
    private Optional<ContainerEnd> vanished = Optional.empty();
    private TaskResult taskResult = TaskResult.of(Outcome.NOT_STARTED, "");

    TaskState(TaskQueue queue, Task task) {
        this.queue = queue;
        this.id = task.id();
        this.record = new TaskRecord(task, queue.check());
    }

    TaskId id() {
        return id;
    }

    TaskQueue queue() {
        return queue;
    }

    boolean is(Phase wanted) {
        return phase == wanted;
    }

    /** Checks whether an agent has the task. */
    boolean isAtWork() {
        return phase == Phase.GIVEN || phase == Phase.RUNNING;
    }

    /** Checks whether this agent has the task, or its next attempt. */
    boolean isHeldBy(AgentName wanted) {
        return isAtWork() && agent.equals(Optional.of(wanted))
                || phase != Phase.OVER && numbers.holderOfNext().equals(Optional.of(wanted));
    }

    /** Checks whether the task was sent to this agent and has not begun. */
    boolean isGivenTo(AgentName wanted) {
        return phase == Phase.GIVEN && agent.equals(Optional.of(wanted));
    }

    boolean isDone() {
        return phase == Phase.OVER && taskResult.outcome() == Outcome.DONE;
    }

    /** Checks whether the time for its next attempt has come. */
    boolean isDue(Instant now) {
        return !now.isBefore(notBefore);
    }

    /** Returns the agent that has the task. */
    AgentName agent() {
        return agent.orElseThrow();
    }

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

    /** Returns the attempt that began last. */
    Optional<TaskAttempt> last() {
        return record.last();
    }

    /** Returns the attempt that is under way. */
    Optional<TaskAttempt> running() {
        return record.last().filter(run -> phase == Phase.RUNNING);
    }

    /** Returns the number of attempts that have begun. */
    int attempts() {
        return record.attempts();
    }

    /** Returns the number of attempts that failed for a temporary reason and were repeated. */
    int retried() {
        return retried;
    }

    /** Returns the total cost that the attempts have reported. */
    Usd cost() {
        return record.cost();
    }

    TaskReport report() {
        return record.report(taskResult);
    }

    /** Returns the number of the next attempt that an agent gets. */
    int nextAttempt() {
        return numbers.next();
    }

    /** Assigns an attempt to an agent, which is to begin it. */
    void give(AgentName to, int attempt, Instant now) {
        numbers.send(attempt, to);
        await(to, now);
    }

    /** Records that another process sent an attempt to an agent. */
    void wasGiven(AgentName to, int attempt, Instant now) {
        boolean newest = attempt >= numbers.next();
        numbers.send(attempt, to);
        if (newest) {
            await(to, now);
        }
    }

    private void await(AgentName beginner, Instant now) {
        phase = Phase.GIVEN;
        vanished = Optional.empty();
        agent = Optional.of(beginner);
        since = now;
        heardAt = now;
        resetStop();
    }

    /**
     * Records that an attempt has begun. It becomes the last one, unless the begin of a newer one was read before.
     *
     * @return the attempt
     */
    TaskAttempt begin(AgentName by, Event.AttemptStarted begun, String imageId, Instant now) {
        TaskAttempt attempt = new TaskAttempt(by, begun, queue.check().isPresent());
        if (record.add(numbers.begin(by), attempt, imageId)) {
            vanished = Optional.empty();
            phase = Phase.RUNNING;
            agent = Optional.of(by);
            since = begun.at();
            heardAt = now;
            activeAt = now;
            resetStop();
        }
        return attempt;
    }

    /** Records that an attempt has ended, before its output is read. */
    void endedBefore(int attempt) {
        numbers.end(attempt);
    }

    /** Checks whether the last attempt is known to have ended, whatever has been read of its output. */
    boolean endedBefore() {
        return numbers.hasLastEnded();
    }

    private void resetStop() {
        stopping = Optional.empty();
        stopped = Optional.empty();
    }

    /** Records the next event of the attempt. */
    void take(Event event, Instant now) {
        heardAt = now;
        if (record.last().filter(run -> run.take(event)).isPresent()) {
            activeAt = now;
        }
        if (event instanceof Event.ProcessExited) {
            // A check that follows is not stopped because of the CLI.
            stopping = stopping.filter(cause -> !cause.sparesCheck());
        }
    }

    /** Records a line of the CLI's standard error. */
    void complain(String line, Instant now) {
        heardAt = now;
        record.last().ifPresent(run -> run.complain(line));
    }

    /** Records that its attempt is to be stopped. */
    void stop(StopCause cause, String reason) {
        stopping = Optional.of(cause);
        stopped = stopping;
        whenStopped = TaskResult.of(cause.outcome(), reason);
    }

    /** Checks whether a stop is under way. */
    boolean isBeingStopped() {
        return stopping.isPresent();
    }

    /** Records that its agent's container has ended, or that its output can't be read. */
    void vanish(ContainerEnd end, Instant now) {
        vanished = Optional.of(end);
        heardAt = now;
    }

    /** Returns the end of its agent's container, if that ended during the task. */
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

    /** Returns the agent that got the next attempt before this one was over, if one did. */
    Optional<AgentName> holderOfNext() {
        return numbers.holderOfNext();
    }

    /** Continues with the next attempt, which was sent to an agent before this one was over. */
    void awaitNext(Instant now) {
        await(numbers.holderOfNext().orElseThrow(), now);
    }

    /** Checks whether another retry is allowed. */
    boolean mayRetry() {
        return retried < queue.retries();
    }

    /** Waits for another attempt, which counts as a retry. */
    void retry(TaskResult how, Instant until) {
        repeat(how, until);
        retried++;
    }

    /** Waits for another attempt, which does not count as a retry. */
    void repeat(TaskResult how, Instant until) {
        phase = Phase.WAITING;
        agent = Optional.empty();
        notBefore = until;
        taskResult = how;
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

    /** Ends the task, which is not begun again. It keeps the outcome of its last attempt. */
    void giveUp(String reason) {
        end(
                record.attempts() == 0
                        ? TaskResult.of(Outcome.NOT_STARTED, reason)
                        : TaskResult.of(
                                taskResult.outcome(), taskResult.reason() + "; it is not begun again: " + reason));
    }

    /** Checks whether the process has ended and nothing follows. */
    boolean hasEnded() {
        return record.last()
                .filter(run -> run.ended()
                        .filter(end -> !end.checkFollows() || run.check().isPresent())
                        .isPresent())
                .isPresent();
    }

    /** Checks whether the attempt was ended from outside, without a stop. */
    boolean isEndedFromOutside() {
        return stopped.isEmpty()
                && record.last()
                        .filter(run -> run.ended()
                                .filter(end -> OutcomeClassifier.isEndedFromOutside(run, end))
                                .isPresent())
                        .isPresent();
    }

    /** Checks whether no more events can follow. */
    boolean isOnlyToBeJudged() {
        return hasEnded() || vanished.isPresent();
    }
}
