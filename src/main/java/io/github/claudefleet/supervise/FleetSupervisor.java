package io.github.claudefleet.supervise;

import io.github.claudefleet.claude.Event;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.task.AttemptReport;
import io.github.claudefleet.task.Dispatcher;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskAction;
import io.github.claudefleet.task.TaskBoard;
import io.github.claudefleet.task.TaskReport;
import io.github.claudefleet.task.TaskResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Supervises all tasks of a fleet: passes the agents' output to the {@link TaskBoard} and performs the actions of the
 * {@link Dispatcher}. All of its state is read from the engine, so that it can be stopped and started again at any
 * time.
 */
public final class FleetSupervisor {

    /** Capacity of the inbox. Output beyond it waits in the engine, not in memory. */
    private static final int INBOX = 2_000;

    private static final Duration BETWEEN_SNAPSHOTS = Duration.ofSeconds(5);

    /**
     * Factor between the time to write a snapshot and the pause after it, so that agents rarely wait for slow writes.
     */
    private static final int SPARSENESS = 10;

    private final FleetSpec spec;
    private final SupervisionListener listener;
    private final InstantSource clock;
    private final TaskBoard board;
    private final Dispatcher dispatcher;
    private final AgentPool pool;
    private final Duration tick;
    private final BlockingQueue<AgentMessage> inbox = new LinkedBlockingQueue<>(INBOX);
    private final TaskTerminations terminations;
    private final ProgressLines progress;
    private final DailyCosts dailyCosts;
    private final ContainerEngine engine;
    private final Instant began;
    private GatewayWatch gateway;
    private Instant nextSnapshot;

    /**
     * Creates a supervisor.
     *
     * @param work what agents have made in their workspaces
     * @param directory directory of the results of the fleet's tasks
     */
    public FleetSupervisor(
            ContainerEngine engine,
            FleetSpec spec,
            SupervisionListener listener,
            AgentWork work,
            InstantSource clock,
            Path directory) {
        this(engine, spec, listener, work, clock, directory, Scheduling.system());
    }

    FleetSupervisor(
            ContainerEngine engine,
            FleetSpec spec,
            SupervisionListener listener,
            AgentWork work,
            InstantSource clock,
            Path directory,
            Scheduling scheduling) {
        this.spec = spec;
        this.engine = engine;
        this.listener = listener;
        this.clock = clock;
        this.began = clock.instant();
        this.nextSnapshot = began.plus(BETWEEN_SNAPSHOTS);
        this.board = new TaskBoard(spec.work(), began);
        this.dispatcher = new Dispatcher(board);
        this.progress = new ProgressLines(listener, began);
        this.pool = new AgentPool(engine, spec, new TaskFiles(directory), inbox, work, scheduling);
        this.terminations = new TaskTerminations(spec.work(), pool);
        this.tick = scheduling.tick();
        this.dailyCosts = new DailyCosts(spec, ZoneId.systemDefault(), listener);
    }

    /**
     * Follows the agents until each task is judged.
     *
     * @param snapshots receiver of interim reports
     * @return final report
     */
    public FleetReport await(ObservedFleet observed, Consumer<FleetReport> snapshots) throws InterruptedException {
        if (board.size() > 0) {
            listener.awaiting(spec.name(), board.size(), spec.work().agents().size());
        }
        gateway = new GatewayWatch(engine, spec.hasGateway(), observed.gateway(), listener);
        try (pool) {
            new AgentRegistration(board, pool, clock).register(spec.work(), observed);
            pool.followAll(clock);
            while (!board.isOver() || dispatcher.hasMoreToSay() || board.isEngineAway()) {
                step(snapshots);
            }
        } catch (InterruptedException e) {
            // An interrupted await still stores the progress so far.
            snapshots.accept(report(Optional.empty()));
            throw e;
        } finally {
            listener.activityEnded();
        }
        FleetReport report = report(Optional.of(clock.instant()));
        if (board.size() > 0) {
            Duration took = Duration.between(report.began(), clock.instant());
            listener.allTasksEnded((int) report.count(Outcome.DONE), (int) report.counted(), report.cost(), took);
        }
        return report;
    }

    /** Returns reports on all attempts so far. */
    public List<AttemptReport> attempts() {
        return board.attemptReports();
    }

    private void step(Consumer<FleetReport> snapshots) throws InterruptedException {
        AgentMessage signal = inbox.poll(tick.toMillis(), TimeUnit.MILLISECONDS);
        for (int taken = 0; signal != null && taken < INBOX; taken++) {
            take(signal);
            signal = inbox.poll();
        }
        if (signal != null) {
            take(signal);
        }
        Instant now = clock.instant();
        dailyCosts.update(board, now);
        dispatcher.next(now).forEach(action -> act(action, now));
        if (!board.isEngineAway()) {
            terminations.perform(now);
        }
        progress.showHold(dispatcher.heldUntil(now), now);
        progress.show(board, now);
        if (now.isAfter(nextSnapshot)) {
            snapshots.accept(report(Optional.empty()));
            Instant done = clock.instant();
            nextSnapshot = done.plus(BETWEEN_SNAPSHOTS)
                    .plus(Duration.between(now, done).multipliedBy(SPARSENESS));
        }
    }

    private void take(AgentMessage signal) {
        Instant now = clock.instant();
        if (signal instanceof AgentMessage.Said said) {
            board.event(said.agent(), said.event(), now);
            if (said.event() instanceof Event.AttemptStarted begun && board.isAtWork(said.agent(), begun.task())) {
                pool.began(begun.task(), said.agent());
                listener.taskBegan(begun.task(), said.agent(), board.attempts(begun.task()));
            }
            if (said.event() instanceof Event.ProcessExited ended && !board.isBeingStopped(ended.task())) {
                terminations.end(ended.task());
            }
        } else if (signal instanceof AgentMessage.Complained complaint) {
            board.complaint(complaint.agent(), complaint.line(), now);
        } else if (signal instanceof AgentMessage.Ended ended) {
            if (!pool.isStartedAgain(ended.agent())) {
                board.vanished(ended.agent(), ended.end(), now);
            }
        } else if (signal instanceof AgentMessage.Started started) {
            pool.follow(started.agent());
        } else if (signal instanceof AgentMessage.Inspected inspected) {
            board.inspected(inspected.task(), inspected.inspection());
        } else if (signal instanceof AgentMessage.Measured measured) {
            board.measured(measured.task(), measured.size());
        } else if (signal instanceof AgentMessage.NotSent refusal) {
            board.notSent(refusal.task(), new TaskResult(refusal.outcome(), refusal.reason(), false, Optional.empty()));
        } else if (signal instanceof AgentMessage.Failed failed) {
            throw failed.cause();
        } else {
            takeOfEngine(signal, now);
        }
    }

    private void takeOfEngine(AgentMessage signal, Instant now) {
        if (signal instanceof AgentMessage.EngineAway away) {
            board.engineAway(away.since());
            if (away.silent()) {
                listener.engineAway(EngineWatch.LONGEST);
            }
        } else if (signal instanceof AgentMessage.EngineBack back) {
            board.engineBack(now);
            listener.engineBack(Duration.between(back.since(), back.until()));
        } else if (signal instanceof AgentMessage.EngineLost lost) {
            throw lost.cause();
        }
    }

    private void act(TaskAction action, Instant now) {
        if (action instanceof TaskAction.Launch launch) {
            pool.launch(launch);
        } else if (action instanceof TaskAction.Stop stop) {
            listener.taskStopping(stop.task(), stop.agent(), stop.reason());
            terminations.begin(stop.task(), now);
        } else if (action instanceof TaskAction.Retry retry) {
            terminations.end(retry.task());
            listener.taskRetried(
                    retry.task(),
                    retry.taskResult().outcome(),
                    retry.taskResult().reason());
            gateway.taskFailed();
        } else if (action instanceof TaskAction.Inspect inspect) {
            terminations.end(inspect.task());
            pool.inspect(inspect);
        } else if (action instanceof TaskAction.Measure measure) {
            pool.measure(measure);
        } else if (action instanceof TaskAction.NextRound next) {
            terminations.end(next.task());
            listener.roundBegins(
                    next.task(), next.round(), next.of(), next.taskResult().reason());
        } else if (action instanceof TaskAction.Close close) {
            terminations.end(close.task());
            TaskReport report = close.report();
            listener.taskEnded(
                    report.task(),
                    report.outcome(),
                    report.reason(),
                    report.usage().cost(),
                    report.times().took());
            if (report.outcome() == Outcome.FAILED) {
                gateway.taskFailed();
            }
        }
    }

    private FleetReport report(Optional<Instant> ended) {
        List<TaskReport> tasks = board.reports();
        Instant first = tasks.stream()
                .flatMap(task -> task.times().began().stream())
                .min(Instant::compareTo)
                .orElse(began);
        return new FleetReport(spec.name(), first, ended, spec.work().maxCost(), tasks);
    }
}
