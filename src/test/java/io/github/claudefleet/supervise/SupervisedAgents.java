package io.github.claudefleet.supervise;

import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.console.RecordedLines;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.ContainerState;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.SampleQueue;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.TaskQueue;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.TaskReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Agents on an engine in memory, under a supervisor with a clock that the test moves. Each call of the test returns
 * once the supervisor has done everything that follows from it, so that a test needs no waits of its own.
 */
final class SupervisedAgents {

    /** Real time for the supervisor to come to rest; it needs milliseconds, but a busy machine may take longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static final String GATEWAY = "gateway";

    private final FakeEngine engine = new FakeEngine();
    private final AgentCommands commands = new AgentCommands(engine);
    private final SettableClock clock = new SettableClock();
    private final CountingThreads threads = new CountingThreads();
    private final RecordedLines lines = new RecordedLines();
    private final AtomicLong steps = new AtomicLong();
    private final List<FleetReport> snapshots = new CopyOnWriteArrayList<>();
    private final FleetBuilder fleet = Shop.fleet();
    private final AgentWorkSample work = new AgentWorkSample();
    private final List<String> agents = new ArrayList<>();
    private final Path results;
    private Consumer<FleetReport> alsoSnapshots = report -> {};
    private FutureTask<FleetReport> supervision;
    private Thread supervisor;

    SupervisedAgents(Path results) {
        this.results = results;
    }

    // ---- before the supervisor begins

    /** Adds a queue, with a running container for each of its agents. */
    SupervisedAgents queue(SampleQueue sample) {
        TaskQueue queue = sample.queue();
        fleet.queue(queue);
        queue.agents().forEach(agent -> agents.add(agent.value()));
        queue.agents().forEach(agent -> put(agent, ContainerState.RUNNING));
        return this;
    }

    private void put(AgentName agent, ContainerState state) {
        put(agent.value(), Map.of(Labels.AGENT, agent.value(), Labels.ROLE, "agent"), state);
    }

    private void put(String name, Map<String, String> labels, ContainerState state) {
        engine.put(new ContainerObservation(
                name,
                name,
                labels,
                "acme/agent:1",
                "sha256:acme",
                state,
                Optional.empty(),
                Optional.of(SettableClock.BEGIN),
                Optional.of(SettableClock.BEGIN),
                Optional.empty(),
                false));
    }

    FleetBuilder fleet() {
        return fleet;
    }

    /** Lets the agent have tasks from an earlier supervisor, in the format of {@code task.sh list}. */
    SupervisedAgents sentBefore(String agent, String tasks) {
        commands.sentBefore(agent, tasks);
        return this;
    }

    SupervisedAgents snapshotsAlsoTo(Consumer<FleetReport> consumer) {
        alsoSnapshots = consumer;
        return this;
    }

    /** Begins to supervise all agents that have a container. */
    SupervisedAgents begin() {
        put(GATEWAY, Map.of(Labels.ROLE, "gateway"), ContainerState.RUNNING);
        ObservedFleet observed = new ObservedFleet(
                Stream.concat(Stream.of(GATEWAY), agents.stream())
                        .flatMap(agent -> engine.containers().find(agent).stream())
                        .toList(),
                List.of(),
                List.of());
        FleetSupervisor one = new FleetSupervisor(
                engine,
                fleet.toSpec(),
                new ConsoleListeners(new StepCounter()).supervision(),
                work,
                clock,
                results,
                new Scheduling(threads, clock::sleep, Duration.ofMillis(1)));
        supervision = new FutureTask<>(() -> one.await(observed, this::takeSnapshot));
        supervisor = new Thread(supervision, "supervisor");
        supervisor.setDaemon(true);
        supervisor.start();
        return settle();
    }

    private void takeSnapshot(FleetReport report) {
        snapshots.add(report);
        alsoSnapshots.accept(report);
    }

    // ---- actions of the agents

    /** Prints on the agent's standard output. */
    SupervisedAgents prints(String agent, String... text) {
        engine.prints(agent, text);
        return settle();
    }

    /** Prints on the agent's standard error. */
    SupervisedAgents complains(String agent, String... text) {
        engine.complains(agent, text);
        return settle();
    }

    SupervisedAgents begins(String agent, String task) {
        return prints(agent, frame("begin", task, "\"prompt\":\"00ff\",\"commit\":\"0123abc\""));
    }

    SupervisedAgents begins(String agent, String task, int round) {
        return prints(agent, frame("begin", task, "\"prompt\":\"00ff\",\"commit\":\"0123abc\",\"round\":" + round));
    }

    /** Ends the CLI. */
    SupervisedAgents exits(String agent, String task, int status) {
        return prints(agent, exit(task, status, false, false));
    }

    /** Ends the CLI, with a check to follow. */
    SupervisedAgents exitsBeforeCheck(String agent, String task, int status) {
        return prints(agent, exit(task, status, false, true));
    }

    /** Ends the CLI in whose container the kernel has killed a process. */
    SupervisedAgents exitsOutOfMemory(String agent, String task, int status) {
        return prints(agent, exit(task, status, true, false));
    }

    SupervisedAgents checked(String agent, String task, int status) {
        return prints(agent, frame("check", task, "\"exit\":" + status));
    }

    /** Begins, has a good result and ends. */
    SupervisedAgents does(String agent, String task) {
        return begins(agent, task).prints(agent, CliLines.result()).exits(agent, task, 0);
    }

    /** Begins and fails for a passing reason. */
    SupervisedAgents failsForNow(String agent, String task) {
        return begins(agent, task)
                .prints(agent, CliLines.failure(529, "Overloaded", "0.1"))
                .exits(agent, task, 1);
    }

    private String exit(String task, int status, boolean outOfMemory, boolean checkFollows) {
        return frame("end", task, "\"exit\":%d,\"oom\":%b,\"check\":%b".formatted(status, outOfMemory, checkFollows));
    }

    private String frame(String kind, String task, String fields) {
        return "{\"type\":\"claude_fleet\",\"subtype\":\"%s\",\"task\":\"%s\",%s,\"time\":\"%s\"}"
                .formatted(kind, task, fields, clock.instant());
    }

    // ---- actions of the engine

    /** Ends the agent's container now. */
    SupervisedAgents containerEnds(String agent, int status) {
        return containerEnds(agent, status, clock.instant());
    }

    SupervisedAgents containerEnds(String agent, int status, Instant at) {
        engine.ends(agent, status, false, at);
        return settle();
    }

    SupervisedAgents containerRunsOutOfMemory(String agent) {
        engine.ends(agent, 137, true, clock.instant());
        return settle();
    }

    /** Ends the agent's container for a reason of the engine, without an exit status of its own. */
    SupervisedAgents containerIsEnded(String agent, String reason) {
        engine.problem(engine.containers().find(agent).orElseThrow().name(), reason);
        engine.ends(agent, 137, false, clock.instant());
        return settle();
    }

    SupervisedAgents containerIsRemoved(String agent) {
        engine.containers().remove(agent);
        return settle();
    }

    SupervisedAgents streamIsCut(String agent) {
        engine.cutsStreams(agent);
        return settle();
    }

    SupervisedAgents engineGoesAway() {
        return engineRefuses(EngineException.Kind.UNREACHABLE);
    }

    SupervisedAgents engineRefuses(EngineException.Kind how) {
        engine.goesAway(how);
        return settle();
    }

    SupervisedAgents engineComesBack() {
        engine.comesBack();
        return settle();
    }

    SupervisedAgents connectionsAreCut() {
        engine.cutsConnections();
        return settle();
    }

    /** Sets the answer to the next command in a container; commands have status 0 otherwise. */
    SupervisedAgents nextCommand(Supplier<ExecResult> answer) {
        commands.next(answer);
        return this;
    }

    AgentWorkSample work() {
        return work;
    }

    FakeEngine engine() {
        return engine;
    }

    // ---- time

    SupervisedAgents seconds(long number) {
        clock.advance(Duration.ofSeconds(number));
        return settle();
    }

    /** Lets time pass during a call of the supervisor itself. */
    void passes(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    Instant now() {
        return clock.instant();
    }

    // ---- observations of the test

    /** Returns the supervisor's commands and changes of the engine since the last call. */
    List<String> calls() {
        return commands.recorded();
    }

    /** Returns the lines on the console since the last call. */
    List<String> console() {
        List<String> news = lines.all().stream().map(line -> line.substring(7)).toList();
        lines.forget();
        return news;
    }

    List<FleetReport> snapshots() {
        return List.copyOf(snapshots);
    }

    boolean isOver() {
        return supervision.isDone();
    }

    /** Returns the final report, which is there without a further action. */
    FleetReport report() throws ExecutionException, InterruptedException, TimeoutException {
        return supervision.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    TaskReport report(String task) throws ExecutionException, InterruptedException, TimeoutException {
        return report().tasks().stream()
                .filter(report -> report.task().toString().equals(task))
                .findFirst()
                .orElseThrow();
    }

    void interrupt() {
        supervisor.interrupt();
    }

    /** Waits until nobody has anything left to do before the test's next action. */
    private SupervisedAgents settle() {
        if (supervision == null) {
            return this;
        }
        long work;
        do {
            work = threads.begun();
            await(this::isQuiet);
            // The first of two steps may have begun before.
            long two = steps.get() + 2;
            await(() -> steps.get() >= two || supervision.isDone());
        } while (threads.begun() != work || !isQuiet());
        return this;
    }

    private boolean isQuiet() {
        long ended = threads.ended();
        long begun = threads.begun();
        int idle = engine.waitingReaders() + clock.sleeping();
        boolean quiet = begun - ended == idle && threads.begun() == begun && threads.ended() == ended;
        return quiet || supervision.isDone();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the supervisor did not come to rest");
            }
            LockSupport.parkNanos(200_000);
        }
    }

    /** Ends the supervisor, if it still works. */
    void close() throws InterruptedException {
        if (supervisor != null) {
            supervisor.interrupt();
            supervisor.join(PATIENCE.toMillis());
        }
        threads.shutdownNow();
    }

    /** Sink of the console that is asked once in each step of the supervisor, after its actions. */
    private final class StepCounter implements LogSink {

        @Override
        public void debug(String line) {
            lines.debug(line);
        }

        @Override
        public void info(String line) {
            lines.info(line);
        }

        @Override
        public void warn(String line) {
            lines.warn(line);
        }

        @Override
        public boolean showsInPlace() {
            steps.incrementAndGet();
            return false;
        }
    }
}
