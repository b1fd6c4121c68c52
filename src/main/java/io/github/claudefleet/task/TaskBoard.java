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

/** What is known of a fleet's tasks and agents. Told of what happens; {@link Dispatcher} decides. Not for two threads at once. */
public final class TaskBoard {

    private final WorkSpec work;
    private final Map<TaskId, TaskState> tasks = new LinkedHashMap<>();
    private final Map<AgentName, TaskState> atWork = new HashMap<>();
    private final Set<AgentName> up = new HashSet<>();
    private final Map<AgentName, String> images = new HashMap<>();
    private final Outages outages = new Outages();

    /** @param now the tasks of agents that begin by themselves count as given since then */
    public TaskBoard(WorkSpec work, Instant now) {
        this.work = work;
        for (TaskQueue queue : work.queues()) {
            for (Task task : queue.tasks()) {
                TaskState state = new TaskState(queue, task);
                tasks.put(task.id(), state);
                if (queue.atOnce()) {
                    state.give(queue.agents().get(0), 1, now);
                }
            }
        }
    }

    /** The agent is there, from an image of that id, and takes orders where it is one that does. */
    public void agentUp(AgentName agent, String imageId) {
        up.add(agent);
        images.put(agent, imageId);
    }

    /** An agent was told to begin the task, by whomever. */
    public void given(TaskId task, AgentName agent, int attempt, Instant now) {
        TaskState state = tasks.get(task);
        if (state != null && !state.is(TaskState.Phase.OVER) && attempt > state.record.attempts()) {
            state.give(agent, attempt, now);
        }
    }

    /** An agent could not be told to begin the task, which is judged so where it hasn't begun nevertheless. */
    public void notGiven(TaskId task, TaskResult taskResult) {
        TaskState state = tasks.get(task);
        if (state != null && state.is(TaskState.Phase.GIVEN)) {
            state.end(taskResult);
        }
    }

    /** How often a task was begun. */
    public int attempts(TaskId task) {
        TaskState state = tasks.get(task);
        return state == null ? 0 : state.record.attempts();
    }

    /** Something that an agent printed. */
    public void event(AgentName agent, Event event, Instant now) {
        if (event instanceof Event.AttemptStarted begun) {
            begun(agent, begun, now);
            return;
        }
        TaskState state = atWork.get(agent);
        if (state == null) {
            return;
        }
        state.heardAt = now;
        if (state.record.last().filter(run -> run.take(event)).isPresent()) {
            state.activeAt = now;
        }
        if (event instanceof Event.ProcessExited) {
            state.endOfCli();
        }
        if (state.hasEnded()) {
            atWork.remove(agent);
        }
    }

    /** A line that an agent printed on standard error. */
    public void complaint(AgentName agent, String line, Instant now) {
        TaskState state = atWork.get(agent);
        if (state != null) {
            state.heardAt = now;
            state.record.last().ifPresent(run -> run.complain(line));
        }
    }

    private void begun(AgentName agent, Event.AttemptStarted begun, Instant now) {
        TaskState state = tasks.get(begun.task());
        if (state != null) {
            state.begin(
                    new TaskAttempt(agent, begun, state.queue.check().isPresent()),
                    images.getOrDefault(agent, ""),
                    now);
            atWork.put(agent, state);
        }
    }

    /** The engine does not answer since then. */
    public void engineAway(Instant since) {
        outages.begin(since);
    }

    /** It answers again. What could not be heard meanwhile counts as heard now. */
    public void engineBack(Instant now) {
        outages.end(now);
        tasks.values().forEach(state -> state.excuse(now));
    }

    public boolean isEngineAway() {
        return outages.isUnderWay();
    }

    /** An agent's container has ended, or nothing of it can be heard. */
    public void vanished(AgentName agent, ContainerEnd end, Instant now) {
        if (!beginsByItself(agent)) {
            up.remove(agent);
        }
        TaskState running = atWork.remove(agent);
        tasks.values().stream()
                .filter(state -> state == running || isGivenTo(agent, state))
                .forEach(state -> state.vanish(end, now));
        judgeVanished(now);
    }

    /** Judges the tasks whose agent's container has ended, once it is clear whether that was the engine's doing. */
    void judgeVanished(Instant now) {
        tasks.values().stream()
                .filter(state -> !state.is(TaskState.Phase.OVER))
                .forEach(state -> state.vanished().ifPresent(end -> judgeVanished(state, end, now)));
    }

    private void judgeVanished(TaskState state, ContainerEnd how, Instant now) {
        boolean explained = outages.explain(state.heardAt);
        if (explained || !how.isFromOutside() || state.stopping.isPresent() || isSettled(state, how.at(), now)) {
            Optional<TaskAttempt> run = state.is(TaskState.Phase.RUNNING) ? state.record.last() : Optional.empty();
            ContainerEnd end = explained ? how.byEngine() : how;
            state.end(state.afterStop(OutcomeClassifier.ofVanished(run, end)));
        }
    }

    /** Whether an engine that had a hand in what was heard would have been missed by now. */
    private static boolean isSettled(TaskState state, Optional<Instant> happened, Instant now) {
        return !now.isBefore(state.heardAt.plus(Outages.NOTICED_AFTER))
                || happened.filter(at -> !now.isBefore(at.plus(Outages.NOTICED_AFTER)))
                        .isPresent();
    }

    /** Whether the end of a task's run is one of those that an engine brings about before it ends itself. */
    boolean isEndedByEngine(TaskState state) {
        return isEndedFromOutside(state) && outages.explain(state.heardAt);
    }

    /** Whether that can't be told yet. */
    boolean maybeEndedByEngine(TaskState state, Instant now) {
        return isEndedFromOutside(state)
                && !isSettled(
                        state, state.record.last().flatMap(TaskAttempt::ended).map(Event.ProcessExited::at), now);
    }

    private static boolean isEndedFromOutside(TaskState state) {
        return !state.wasStopped()
                && state.record
                        .last()
                        .filter(run -> run.ended()
                                .filter(end -> OutcomeClassifier.isEndedFromOutside(run, end))
                                .isPresent())
                        .isPresent();
    }

    /** Such an agent ends with its task, and begins it again when it is started again. */
    private boolean beginsByItself(AgentName agent) {
        return work.queues().stream()
                .anyMatch(queue -> queue.atOnce() && queue.agents().contains(agent));
    }

    private static boolean isGivenTo(AgentName agent, TaskState state) {
        return state.is(TaskState.Phase.GIVEN) && state.agent.equals(Optional.of(agent));
    }

    /** Whether its run is on the way to an end that was asked for. */
    public boolean isBeingStopped(TaskId task) {
        TaskState state = tasks.get(task);
        return state != null && state.stopping.isPresent();
    }

    /** Whether every task is judged. */
    public boolean isOver() {
        return tasks.values().stream().allMatch(state -> state.is(TaskState.Phase.OVER));
    }

    /** What all cost so far, as far as the runs have said. */
    public Usd cost() {
        return tasks.values().stream().map(state -> state.record.cost()).reduce(Usd.ZERO, Usd::plus);
    }

    /** What became of each so far, in the pom's order. */
    public List<TaskReport> reports() {
        return tasks.values().stream()
                .map(state -> state.record.report(state.taskResult))
                .toList();
    }

    /** The runs that are under way, by agent. */
    public List<TaskAttempt> running() {
        return tasks.values().stream()
                .filter(state -> state.is(TaskState.Phase.RUNNING))
                .flatMap(state -> state.record.last().stream())
                .toList();
    }

    /** How many are judged. */
    public int over() {
        return (int) tasks.values().stream()
                .filter(state -> state.is(TaskState.Phase.OVER))
                .count();
    }

    /** How many there are. */
    public int size() {
        return tasks.size();
    }

    WorkSpec work() {
        return work;
    }

    Collection<TaskState> states() {
        return tasks.values();
    }

    boolean isFree(AgentName agent) {
        return up.contains(agent)
                && tasks.values().stream()
                        .noneMatch(state -> state.agent.equals(Optional.of(agent))
                                && (state.is(TaskState.Phase.GIVEN) || state.is(TaskState.Phase.RUNNING)));
    }

    boolean isUp(AgentName agent) {
        return up.contains(agent);
    }
}
