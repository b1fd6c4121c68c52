package io.github.claudefleet.task;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.Task;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** State of a fleet's tasks and agents. Records events; {@link Dispatcher} decides. Not thread-safe. */
public final class TaskBoard {

    private final WorkSpec work;
    private final Map<TaskId, TaskState> tasks = new LinkedHashMap<>();
    private final Map<AgentName, TaskState> atWork = new HashMap<>();
    private final Map<AgentName, TaskAttempt> earlier = new HashMap<>();
    private final Set<AgentName> up = new HashSet<>();
    private final Set<AgentName> unread = new HashSet<>();
    private final Map<TaskId, ChangeSize> sizes = new HashMap<>();
    private final Map<AgentName, String> images = new HashMap<>();
    private final Outages outages = new Outages();
    private Usd costToday = Usd.ZERO;

    /** @param now time since which the tasks of agents that begin by themselves count as sent */
    public TaskBoard(WorkSpec work, Instant now) {
        this.work = work;
        for (TaskQueue queue : work.queues()) {
            for (Task task : queue.tasks()) {
                boolean decidedLater = work.groupOf(queue.name()).isPresent()
                        || work.judgedBy(queue.name()).isPresent();
                TaskState state = new TaskState(queue, task, decidedLater);
                tasks.put(task.id(), state);
                if (queue.atOnce()) {
                    state.send(queue.agents().get(0), 1, now);
                }
            }
        }
    }

    /** Records that the agent is up, from an image of that id, and takes tasks if it is one that does. */
    public void agentUp(AgentName agent, String imageId) {
        up.add(agent);
        images.put(agent, imageId);
    }

    /** Records that the agent's container had ended before its output was read. It is up until that was read. */
    public void endedBefore(AgentName agent) {
        unread.add(agent);
    }

    /**
     * Records that a task was sent to an agent, by any process.
     *
     * @param ended true if the attempt has ended, which its output will tell
     */
    public void sent(TaskId task, AgentName agent, int attempt, boolean ended, Instant now) {
        TaskState state = tasks.get(task);
        if (state == null || state.isEnded()) {
            return;
        }
        state.wasSent(agent, attempt, now);
        if (ended) {
            state.numbers().end(attempt);
        }
    }

    /**
     * Records that a task could not be sent to an agent. The task gets this result, unless it has begun nevertheless.
     */
    public void notSent(TaskId task, TaskResult taskResult) {
        TaskState state = tasks.get(task);
        if (state != null && state.is(TaskPhase.SENT)) {
            state.end(taskResult);
        }
    }

    /** Records the inspection of what the agent of a task made. */
    public void inspected(TaskId task, Inspection inspection) {
        Optional.ofNullable(tasks.get(task))
                .flatMap(TaskState::last)
                .filter(TaskAttempt::isInspecting)
                .ifPresent(attempt -> attempt.inspected(inspection));
    }

    /** Records the size of what the agent of a task made. */
    public void measured(TaskId task, ChangeSize size) {
        sizes.put(task, size);
    }

    Optional<ChangeSize> sizeOf(TaskId task) {
        return Optional.ofNullable(sizes.get(task));
    }

    /** Returns the number of attempts at a task. */
    public int attempts(TaskId task) {
        TaskState state = tasks.get(task);
        return state == null ? 0 : state.attempts();
    }

    /** Records an event that an agent printed. */
    public void event(AgentName agent, Event event, Instant now) {
        if (event instanceof Event.AttemptStarted begun) {
            begun(agent, begun, now);
            return;
        }
        Optional.ofNullable(earlier.get(agent)).ifPresent(attempt -> attempt.take(event));
        TaskState state = atWork.get(agent);
        if (state == null) {
            return;
        }
        state.take(event, now);
        if (state.hasEnded()) {
            atWork.remove(agent);
        }
    }

    /** Records a line that an agent printed on standard error. */
    public void complaint(AgentName agent, String line, Instant now) {
        Optional.ofNullable(earlier.get(agent)).ifPresent(attempt -> attempt.complain(line));
        TaskState state = atWork.get(agent);
        if (state != null) {
            state.complain(line, now);
        }
    }

    private void begun(AgentName agent, Event.AttemptStarted begun, Instant now) {
        TaskState state = tasks.get(begun.task());
        if (state == null) {
            return;
        }
        TaskAttempt attempt = state.begin(agent, begun, images.getOrDefault(agent, ""), now);
        atWork.remove(agent);
        earlier.remove(agent);
        if (state.last().orElseThrow() == attempt) {
            atWork.put(agent, state);
        } else {
            earlier.put(agent, attempt);
        }
    }

    /** Checks whether the agent works on the task's last attempt. */
    public boolean isAtWork(AgentName agent, TaskId task) {
        return Optional.ofNullable(atWork.get(agent))
                .filter(state -> state.id().equals(task))
                .isPresent();
    }

    /** Records that the engine does not answer since then. */
    public void engineAway(Instant since) {
        outages.begin(since);
    }

    /** Records that the engine answers again. The times of silence restart now. */
    public void engineBack(Instant now) {
        outages.end(now);
        tasks.values().forEach(state -> state.excuse(now));
    }

    public boolean isEngineAway() {
        return outages.isUnderWay();
    }

    /** Records that an agent's container has ended, or that its output can't be read. */
    public void vanished(AgentName agent, ContainerEnd end, Instant now) {
        unread.remove(agent);
        earlier.remove(agent);
        if (!beginsByItself(agent)) {
            up.remove(agent);
        }
        TaskState running = atWork.remove(agent);
        tasks.values().stream()
                .filter(state -> state == running || state.isSentTo(agent))
                .forEach(state -> state.vanish(end, now));
        judgeVanished(now);
    }

    /** Judges the tasks whose agent's container has ended, once it is clear whether the engine caused that. */
    void judgeVanished(Instant now) {
        tasks.values().stream()
                .filter(state -> !state.isEnded())
                .forEach(state -> state.vanished().ifPresent(end -> judgeVanished(state, end, now)));
    }

    private void judgeVanished(TaskState state, ContainerEnd how, Instant now) {
        boolean explained = outages.explain(state.clock().heardAt());
        if (explained || !how.isFromOutside() || state.isBeingStopped() || isSettled(state, how.at(), now)) {
            ContainerEnd end = explained ? how.byEngine() : how;
            state.end(state.afterStop(OutcomeClassifier.ofVanished(state.running(), end)));
        }
    }

    /** Checks whether an absence of an engine that caused the event would have been noticed by now. */
    private static boolean isSettled(TaskState state, Optional<Instant> happened, Instant now) {
        return !now.isBefore(state.clock().heardAt().plus(Outages.NOTICED_AFTER))
                || happened.filter(at -> !now.isBefore(at.plus(Outages.NOTICED_AFTER)))
                        .isPresent();
    }

    /** Checks whether the attempt was ended by an engine that was about to end itself. */
    boolean isEndedByEngine(TaskState state) {
        return state.isEndedFromOutside() && outages.explain(state.clock().heardAt());
    }

    /** Checks whether it is too early to tell if the engine ended the attempt. */
    boolean maybeEndedByEngine(TaskState state, Instant now) {
        return state.isEndedFromOutside()
                && !isSettled(state, state.last().flatMap(TaskAttempt::ended).map(Event.ProcessExited::at), now);
    }

    /** Checks whether the agent ends with its task, and begins it again when it is started again. */
    private boolean beginsByItself(AgentName agent) {
        return work.queues().stream()
                .anyMatch(queue -> queue.atOnce() && queue.agents().contains(agent));
    }

    /** Checks whether the attempt is being stopped. */
    public boolean isBeingStopped(TaskId task) {
        TaskState state = tasks.get(task);
        return state != null && state.isBeingStopped();
    }

    /** Checks whether every task is judged. */
    public boolean isOver() {
        return tasks.values().stream().allMatch(state -> state.is(TaskPhase.OVER));
    }

    /** Returns the total cost that the attempts have reported so far. */
    public Usd cost() {
        return tasks.values().stream().map(TaskState::cost).reduce(Usd.ZERO, Usd::plus);
    }

    /** Records the cost of all fleets of the project today, with that of these tasks. */
    public void spentToday(Usd cost) {
        costToday = cost;
    }

    Usd costToday() {
        return costToday;
    }

    /** Returns the reports on all tasks so far, in the order of the pom. */
    public List<TaskReport> reports() {
        return tasks.values().stream().map(TaskState::report).toList();
    }

    /** Returns reports on all attempts so far, in the order of {@link #reports}. */
    public List<AttemptReport> attemptReports() {
        return tasks.values().stream()
                .flatMap(state -> state.attemptReports().stream())
                .toList();
    }

    /** Returns the attempts that are under way. */
    public List<TaskAttempt> running() {
        return tasks.values().stream()
                .flatMap(state -> state.running().stream())
                .toList();
    }

    /** Returns the number of judged tasks. */
    public int over() {
        return (int) tasks.values().stream()
                .filter(state -> state.is(TaskPhase.OVER))
                .count();
    }

    /** Returns the number of tasks. */
    public int size() {
        return tasks.size();
    }

    WorkSpec work() {
        return work;
    }

    Collection<TaskState> states() {
        return tasks.values();
    }

    /** Returns the only task of an agent. */
    TaskState state(AgentName agent) {
        return tasks.get(TaskId.of(agent));
    }

    boolean isFree(AgentName agent) {
        return isUp(agent)
                && !unread.contains(agent)
                && tasks.values().stream().noneMatch(state -> state.isHeldBy(agent));
    }

    /** Checks whether the task's agent can continue it. */
    boolean isFreeFor(TaskState task) {
        AgentName agent = task.agent();
        return isUp(agent)
                && !unread.contains(agent)
                && tasks.values().stream().noneMatch(state -> state != task && state.isHeldBy(agent));
    }

    boolean isUp(AgentName agent) {
        return up.contains(agent);
    }

    /** Checks whether the container of one of these agents has ended, and its output is not read to its end. */
    boolean hasUnread(Collection<AgentName> agents) {
        return agents.stream().anyMatch(unread::contains);
    }

    /** Checks whether the task's last attempt has ended, although its end may not be read yet. */
    boolean endedBefore(TaskState state) {
        return state.endedBefore() || unread.contains(state.agent());
    }
}
