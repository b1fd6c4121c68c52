package io.github.claudefleet.task;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.spec.WorkSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Decides the next actions for a fleet's tasks. */
public final class Dispatcher {

    /** Time limit for an agent to acknowledge a task. It needs seconds; this is for a very slow engine. */
    private static final Duration BEGIN_LIMIT = Duration.ofMinutes(3);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final TaskBoard board;
    private final WorkSpec work;
    private final TaskLimits limits;
    private final CircuitBreaker circuitBreaker;
    private final Dependencies dependencies;
    private final List<CandidateChoice> choices;
    private final Set<TaskState> closed = new HashSet<>();
    private Instant lastLaunch = Instant.EPOCH;

    public Dispatcher(TaskBoard board) {
        this.board = board;
        this.work = board.work();
        this.limits = new TaskLimits(work);
        this.dependencies = new Dependencies(board);
        this.choices = work.groups().stream()
                .map(group -> new CandidateChoice(group, board))
                .toList();
        this.circuitBreaker = new CircuitBreaker(work.quota());
    }

    /** Returns the actions to take now. Called after each event, and periodically. */
    public List<TaskAction> next(Instant now) {
        List<TaskAction> actions = new ArrayList<>();
        board.judgeVanished(now);
        judgeEnded(now, actions);
        if (!board.isEngineAway()) {
            stopOverdue(now, actions);
            giveUp(actions);
            choices.forEach(choice -> choice.decide(actions));
            stopNotChosen(actions);
            launch(now, actions);
        }
        return actions;
    }

    /** Checks for judged tasks that are not reported yet. */
    public boolean hasMoreToSay() {
        return closed.size() < in(TaskPhase.OVER).size();
    }

    /** Returns the time until which nothing is launched for lack of quota. */
    public Optional<Instant> heldUntil(Instant now) {
        return circuitBreaker.holdsUntil(now);
    }

    private void judgeEnded(Instant now, List<TaskAction> actions) {
        for (TaskState state : in(TaskPhase.RUNNING)) {
            TaskAttempt run = state.last().orElseThrow();
            if (run.stepsInAll() > 0
                    || run.answer()
                            .filter(answer -> !answer.isError() && answer.fromModel())
                            .isPresent()) {
                circuitBreaker.answered(run.beganAt());
            }
            if (state.hasEnded() && (board.isEndedByEngine(state) || !board.maybeEndedByEngine(state, now))) {
                inspectOrJudge(state, run, now, actions);
            }
        }
        choices.forEach(choice -> choice.decide(actions));
        for (TaskState state : in(TaskPhase.OVER)) {
            close(state, actions);
        }
    }

    private void inspectOrJudge(TaskState state, TaskAttempt run, Instant now, List<TaskAction> actions) {
        if (run.isInspecting()) {
            return;
        }
        Optional<CheckSpec> check = state.queue().check();
        if (state.numbers().holderOfNext().isEmpty() && OutcomeClassifier.needsInspection(run, check)) {
            run.beginInspection();
            actions.add(new TaskAction.Inspect(state.id(), run.agent(), check.orElseThrow()));
            return;
        }
        judge(state, run, now, actions);
    }

    private void judge(TaskState state, TaskAttempt run, Instant now, List<TaskAction> actions) {
        TaskResult taskResult = state.afterStop(
                board.isEndedByEngine(state)
                        ? OutcomeClassifier.endedByEngine()
                        : OutcomeClassifier.ofEnded(run, run.ended().orElseThrow()));
        if (state.numbers().holderOfNext().filter(board::isUp).isPresent()) {
            // An earlier await of this fleet has already launched the next one.
            state.awaitNext(now);
        } else if (goesOn(state, taskResult, now)) {
            int round = state.followUp().map(FollowUp::round).orElseThrow();
            actions.add(new TaskAction.NextRound(state.id(), round, state.mostRounds(), taskResult));
        } else if (repeats(state, taskResult, now)) {
            actions.add(new TaskAction.Retry(state.id(), taskResult));
        } else {
            state.end(taskResult);
        }
    }

    /** Lets the task wait for its next round, if it is to have one. Returns true if so. */
    private static boolean goesOn(TaskState state, TaskResult taskResult, Instant now) {
        Optional<FollowUp> next = state.nextRound(taskResult);
        next.ifPresent(prompt -> state.continueWith(prompt, taskResult, now));
        return next.isPresent();
    }

    /** Lets the task wait for another attempt, if it is to have one. Returns true if so. */
    private boolean repeats(TaskState state, TaskResult taskResult, Instant now) {
        if (taskResult.outcome() == Outcome.LOGIN_DEAD) {
            circuitBreaker.loginDied(taskResult.reason());
            return false;
        }
        if (taskResult.outcome() == Outcome.OUT_OF_QUOTA) {
            boolean again = circuitBreaker.quotaReached(taskResult, now);
            if (again) {
                state.repeat(taskResult, now);
            }
            return again;
        }
        if (taskResult.passing() && state.mayRetry()) {
            state.retry(taskResult, now.plus(pause(state.retried())));
            return true;
        }
        return false;
    }

    private static Duration pause(int retried) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(retried, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void close(TaskState state, List<TaskAction> actions) {
        if (state.is(TaskPhase.OVER) && closed.add(state)) {
            actions.add(new TaskAction.Close(state.id(), state.report()));
        }
    }

    private void stopOverdue(Instant now, List<TaskAction> actions) {
        Optional<StopCause> spent = spent();
        for (TaskState state : in(TaskPhase.RUNNING)) {
            if (!state.isBeingStopped() && !state.isOnlyToBeJudged() && !board.endedBefore(state)) {
                limits.exceeded(state, now, spent).ifPresent(cause -> stop(state, cause, actions));
            }
        }
        for (TaskState state : in(TaskPhase.SENT)) {
            boolean late = now.isAfter(state.clock().since().plus(BEGIN_LIMIT));
            if (late && board.isUp(state.agent()) && !board.endedBefore(state)) {
                state.end(
                        TaskResult.of(Outcome.UNKNOWN, "it was handed to its agent, which did not say that it began"));
                close(state, actions);
            }
        }
    }

    private void stop(TaskState state, StopCause cause, List<TaskAction> actions) {
        String background =
                state.last().map(run -> run.session().unfinishedText()).orElse("");
        stop(state, cause, cause.text(limits.text(state, cause), background), actions);
    }

    private void stopNotChosen(List<TaskAction> actions) {
        choices.forEach(choice ->
                choice.notNeeded().forEach(state -> stop(state, StopCause.NOT_CHOSEN, choice.reason(), actions)));
    }

    private static void stop(TaskState state, StopCause cause, String reason, List<TaskAction> actions) {
        state.stop(cause, reason);
        actions.add(new TaskAction.Stop(state.id(), state.agent(), cause, reason));
    }

    private void giveUp(List<TaskAction> actions) {
        for (TaskState state : in(TaskPhase.WAITING)) {
            whyNever(state).ifPresent(reason -> {
                state.giveUp(reason);
                close(state, actions);
            });
        }
    }

    /** Returns the reason why a waiting task will never be launched, if any. */
    private Optional<String> whyNever(TaskState state) {
        return circuitBreaker
                .dead()
                .or(() -> spent().map(cause -> cause.text(limits.text(state, cause), "")))
                .or(() -> state.queue()
                        .maxCost()
                        .filter(most -> state.cost().compareTo(most) >= 0)
                        .map(most -> "its maxCost of " + most + " is used up"))
                .or(() -> dependencies.missed(state.queue()))
                .or(() -> missesAgent(state));
    }

    private Optional<String> missesAgent(TaskState state) {
        if (state.followUp().isPresent()) {
            return board.isUp(state.agent())
                    ? Optional.empty()
                    : Optional.of("the container of its agent " + state.agent() + " has ended");
        }
        return state.queue().agents().stream().noneMatch(board::isUp)
                ? Optional.of("none of its agents is up")
                : Optional.empty();
    }

    private void launch(Instant now, List<TaskAction> actions) {
        for (TaskState state : in(TaskPhase.WAITING)) {
            boolean held = circuitBreaker.holdsUntil(now).isPresent() || circuitBreaker.isProbing(now) && atWork() > 0;
            if (held || atWork() >= work.maxConcurrent().orElse(Integer.MAX_VALUE) || isTooSoon(now)) {
                return;
            }
            // The unread output of an agent may have the task's attempts.
            boolean known = !board.hasUnread(state.queue().agents());
            if (known && state.isDue(now) && dependencies.areMet(state.queue())) {
                freeAgent(state).ifPresent(agent -> actions.add(launch(state, agent, now)));
            }
        }
    }

    private TaskAction launch(TaskState state, AgentName agent, Instant now) {
        int attempt = state.numbers().next();
        lastLaunch = now;
        Optional<FollowUp> followUp = state.followUp();
        Optional<HandOver> handOver = followUp.isEmpty() ? dependencies.handOver(state) : Optional.empty();
        state.send(agent, attempt, now);
        return new TaskAction.Launch(
                state.id(),
                agent,
                attempt,
                state.queue().atOnce(),
                budget(state),
                followUp,
                handOver,
                dependencies.agents(state.queue()));
    }

    private boolean isTooSoon(Instant now) {
        return now.isBefore(lastLaunch.plus(work.stagger()));
    }

    private Optional<AgentName> freeAgent(TaskState state) {
        return state.followUp().isPresent()
                ? Optional.of(state.agent()).filter(agent -> board.isFreeFor(state))
                : state.queue().agents().stream().filter(board::isFree).findFirst();
    }

    /** Returns the least of the rests: of the task's limit, of the fleet's and of the project's for today. */
    private Optional<Usd> budget(TaskState state) {
        Optional<Usd> own = state.queue().maxCost().map(most -> most.minus(state.cost()));
        Optional<Usd> rest = work.maxCost().map(most -> most.minus(board.cost()));
        Optional<Usd> today = work.daily().map(limit -> limit.maxCost().minus(board.costToday()));
        return Stream.of(own, rest, today).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** Returns the limit that leaves no budget, if any. */
    private Optional<StopCause> spent() {
        if (work.maxCost().filter(most -> board.cost().compareTo(most) >= 0).isPresent()) {
            return Optional.of(StopCause.BUDGET);
        }
        return work.daily()
                .filter(limit -> board.costToday().compareTo(limit.maxCost()) >= 0)
                .map(limit -> StopCause.DAILY_BUDGET);
    }

    private long atWork() {
        return board.states().stream().filter(TaskState::isAtWork).count();
    }

    private List<TaskState> in(TaskPhase phase) {
        return states(state -> state.is(phase));
    }

    private List<TaskState> states(Predicate<TaskState> which) {
        return board.states().stream().filter(which).toList();
    }
}
