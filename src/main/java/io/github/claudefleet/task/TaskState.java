package io.github.claudefleet.task;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Prompt;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Current phase of a task and its history. Not thread-safe. */
final class TaskState {

    private final TaskQueue queue;
    private final Task task;
    private final boolean decidedLater;
    private final TaskRecord record;
    private TaskPhase phase = TaskPhase.WAITING;
    private Optional<AgentName> agent = Optional.empty();
    private final AttemptNumbers numbers = new AttemptNumbers();
    private int retried;
    /** Prompt of the next attempt, if that continues an earlier one. */
    private Optional<FollowUp> followUp = Optional.empty();

    private final TaskClock clock = new TaskClock();
    private Instant notBefore = Instant.EPOCH;
    private final TaskStop stop = new TaskStop();
    private Optional<ContainerEnd> vanished = Optional.empty();
    private TaskResult taskResult = TaskResult.of(Outcome.NOT_STARTED, "");

    /** @param decidedLater true if its result is final only when one of several candidates is chosen */
    TaskState(TaskQueue queue, Task task, boolean decidedLater) {
        this.queue = queue;
        this.task = task;
        this.decidedLater = decidedLater;
        this.record = new TaskRecord(task, queue.check());
    }

    TaskId id() {
        return task.id();
    }

    Prompt prompt() {
        return task.prompt();
    }

    TaskQueue queue() {
        return queue;
    }

    boolean is(TaskPhase wanted) {
        return phase == wanted;
    }

    /** Checks whether an agent has the task. */
    boolean isAtWork() {
        return phase == TaskPhase.SENT || phase == TaskPhase.RUNNING;
    }

    /** Checks whether this agent has the task, or its next attempt. */
    boolean isHeldBy(AgentName wanted) {
        return (isAtWork() || followUp.isPresent()) && agent.equals(Optional.of(wanted))
                || !isEnded() && numbers.holderOfNext().equals(Optional.of(wanted));
    }

    /** Checks whether the task was sent to this agent and has not begun. */
    boolean isSentTo(AgentName wanted) {
        return phase == TaskPhase.SENT && agent.equals(Optional.of(wanted));
    }

    boolean isDone() {
        return phase == TaskPhase.OVER && taskResult.outcome() == Outcome.DONE;
    }

    /** Checks whether the task is judged, be it finally or not. */
    boolean isEnded() {
        return phase == TaskPhase.UNDECIDED || phase == TaskPhase.OVER;
    }

    /** Checks whether the task is done, be it finally or not. */
    boolean isComplete() {
        return isEnded() && taskResult.outcome() == Outcome.DONE;
    }

    /** Checks whether the time for its next attempt has come. */
    boolean isDue(Instant now) {
        return !now.isBefore(notBefore);
    }

    /** Returns the agent that has the task. */
    AgentName agent() {
        return agent.orElseThrow();
    }

    /** Returns the times of the last attempt. */
    TaskClock clock() {
        return clock;
    }

    /** Returns the attempt that began last. */
    Optional<TaskAttempt> last() {
        return record.last();
    }

    /** Returns the attempt that is under way. */
    Optional<TaskAttempt> running() {
        return record.last().filter(run -> phase == TaskPhase.RUNNING);
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

    List<AttemptReport> attemptReports() {
        return record.attemptReports();
    }

    /** Returns the numbers of the attempts. */
    AttemptNumbers numbers() {
        return numbers;
    }

    /** Assigns an attempt to an agent, which is to begin it. */
    void send(AgentName to, int attempt, Instant now) {
        numbers.send(attempt, to);
        await(to, now);
    }

    /** Records that another process sent an attempt to an agent. */
    void wasSent(AgentName to, int attempt, Instant now) {
        boolean newest = attempt >= numbers.next();
        numbers.send(attempt, to);
        if (newest) {
            await(to, now);
        }
    }

    private void await(AgentName beginner, Instant now) {
        phase = TaskPhase.SENT;
        followUp = Optional.empty();
        vanished = Optional.empty();
        agent = Optional.of(beginner);
        clock.sent(now);
        stop.reset();
    }

    /**
     * Records that an attempt has begun. It becomes the last one, unless the begin of a newer one was read before.
     *
     * @return the attempt
     */
    TaskAttempt begin(AgentName by, Event.AttemptStarted begun, String imageId, Instant now) {
        TaskAttempt attempt = new TaskAttempt(by, begun, queue.check().isPresent());
        if (record.add(numbers.begin(by), attempt, imageId)) {
            followUp = Optional.empty();
            vanished = Optional.empty();
            phase = TaskPhase.RUNNING;
            agent = Optional.of(by);
            clock.begun(begun.at(), now);
            stop.reset();
        }
        return attempt;
    }

    /** Checks whether the last attempt is known to have ended, whatever has been read of its output. */
    boolean endedBefore() {
        return numbers.hasLastEnded();
    }

    /** Checks whether an agent has the task whose end is known, and may not be read yet. */
    boolean hasUnreadEnd() {
        return isAtWork() && numbers.hasUnreadEnd();
    }

    /** Records the next event of the attempt. */
    void take(Event event, Instant now) {
        clock.heard(now);
        if (record.last().filter(run -> run.take(event)).isPresent()) {
            clock.active(now);
        }
        if (event instanceof Event.ProcessExited) {
            stop.cliEnded();
        }
    }

    /** Records a line of the CLI's standard error. */
    void complain(String line, Instant now) {
        clock.heard(now);
        record.last().ifPresent(run -> run.complain(line));
    }

    /** Records that its attempt is to be stopped. */
    void stop(StopCause cause, String reason) {
        stop.begin(cause, reason);
    }

    /** Checks whether a stop is under way. */
    boolean isBeingStopped() {
        return stop.isUnderWay();
    }

    /** Records that its agent's container has ended, or that its output can't be read. */
    void vanish(ContainerEnd end, Instant now) {
        vanished = Optional.of(end);
        clock.heard(now);
    }

    /** Returns the end of its agent's container, if that ended during the task. */
    Optional<ContainerEnd> vanished() {
        return vanished;
    }

    /** Restarts the clocks after a time in which no output could be read. */
    void excuse(Instant now) {
        if (phase == TaskPhase.SENT) {
            clock.excuseBegin(now);
        }
        if (phase == TaskPhase.RUNNING && !hasEnded() && vanished.isEmpty()) {
            clock.heard(now);
            clock.active(now);
        }
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

    /** Waits for another attempt at the round, which does not count as a retry. Only its own agent can continue it. */
    void repeat(TaskResult how, Instant until) {
        int round = record.last().map(TaskAttempt::round).orElse(1);
        await(how, until, record.after(round - 1));
    }

    /** Returns the prompt for the next round, if there is to be one after this result. */
    Optional<FollowUp> nextRound(TaskResult how) {
        int round = record.last().map(TaskAttempt::round).orElse(1);
        return how.outcome() == Outcome.CHECK_FAILED && round <= mostRounds() - 1
                ? record.after(round)
                : Optional.empty();
    }

    /** Waits for the next round. */
    void continueWith(FollowUp next, TaskResult how, Instant now) {
        await(how, now, Optional.of(next));
    }

    private void await(TaskResult how, Instant until, Optional<FollowUp> next) {
        phase = TaskPhase.WAITING;
        followUp = next;
        agent = next.flatMap(any -> record.last()).map(TaskAttempt::agent);
        notBefore = until;
        taskResult = how;
    }

    /** Returns the prompt of the next attempt, if that continues an earlier one. */
    Optional<FollowUp> followUp() {
        return followUp;
    }

    /** Returns the maximum number of rounds, the first one included. */
    int mostRounds() {
        return queue.check().map(check -> check.rounds() + 1).orElse(1);
    }

    /** Returns the result of the stop if that explains the given result, or else the given result. */
    TaskResult afterStop(TaskResult how) {
        boolean unfinished = record.last()
                .filter(run -> run.session().isUnfinished() || run.session().isWaiting())
                .isPresent();
        return stop.explain(how, unfinished);
    }

    void end(TaskResult how) {
        phase = decidedLater ? TaskPhase.UNDECIDED : TaskPhase.OVER;
        followUp = Optional.empty();
        taskResult = how;
    }

    /** Makes the result final. */
    void accept() {
        decide(taskResult);
    }

    /** Ends the task, or replaces its result, by the final one. */
    void decide(TaskResult how) {
        end(how);
        phase = TaskPhase.OVER;
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
        return record.last().filter(TaskAttempt::isOver).isPresent();
    }

    /** Checks whether the attempt was ended from outside, without a stop. */
    boolean isEndedFromOutside() {
        return !stop.wasBegun()
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
