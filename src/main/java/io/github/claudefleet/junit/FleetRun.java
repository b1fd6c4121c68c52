package io.github.claudefleet.junit;

import io.github.claudefleet.auth.LoginContext;
import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.LogSink;
import io.github.claudefleet.console.RehearsalLog;
import io.github.claudefleet.console.TimestampedLog;
import io.github.claudefleet.converge.Readiness;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.engines.Engines;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.host.ThisContainer;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.watchdog.ClassPath;
import io.github.claudefleet.watchdog.Watchdog;
import io.github.claudefleet.workspace.FleetChanges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Fleet of a test class from its start to its end, on an engine. */
final class FleetRun implements AutoCloseable {

    private final FleetDefinition definition;
    private final ContainerEngine engine;
    private final Fleet fleet;
    private final Map<AgentName, String> containers = new ConcurrentHashMap<>();
    private FleetSpec spec;
    private Optional<Watchdog> watchdog = Optional.empty();
    private Optional<FleetReport> report = Optional.empty();

    private FleetRun(FleetDefinition definition, FleetSpec spec, ContainerEngine engine) {
        LogSink log = new TimestampedLog(System.out);
        this.definition = definition;
        this.spec = spec;
        this.engine = engine;
        this.fleet = new Fleet(
                engine,
                LoginContext.nonInteractive(),
                new ConsoleListeners(spec.rehearsal().isPresent() ? new RehearsalLog(log) : log),
                HostUser.home());
    }

    /** Connects to the engine, and creates nothing. */
    static FleetRun connect(FleetDefinition definition) {
        FleetSpec spec = definition.spec(HostUser.home());
        return new FleetRun(
                definition, spec, Engines.connect(definition.properties().engine(), System.getenv(), HostUser.home()));
    }

    /** Returns once the agents are ready. The watchdog ends the fleet if this JVM dies. */
    void start() throws InterruptedException {
        spec = fleet.claim(spec, ThisContainer.id());
        if (endsWithTests()) {
            watchdog = Optional.of(Watchdog.start(
                    fleet.engineAddress(),
                    spec.id().buildIdentity().build(),
                    ClassPath.own(),
                    results().resolve("watchdog.log")));
        }
        for (Readiness agent : fleet.start(spec, results())) {
            containers.put(agent.agent(), agent.containerId());
        }
    }

    FleetSpec spec() {
        return spec;
    }

    Path results() {
        return definition.results();
    }

    /**
     * Follows the tasks until they have ended, once.
     *
     * @throws IllegalStateException if the thread is interrupted
     */
    synchronized FleetReport await() {
        try {
            if (report.isEmpty()) {
                report = Optional.of(fleet.await(spec, results()));
            }
            return report.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the tasks of fleet " + spec.name() + " were at work", e);
        }
    }

    ExecResult exec(AgentName agent, Duration limit, String... command) {
        return engine.processes().run(ExecRequest.of(containers.get(agent), command), limit);
    }

    /** Ends the fleet and removes the agents' workspaces. The watchdog removes the rest if that fails. */
    @Override
    public void close() {
        try (engine) {
            Uninterruptibly.run(this::end);
        }
    }

    private void end() throws InterruptedException {
        boolean ended = false;
        try {
            if (endsWithTests()) {
                fleet.end(spec.id(), spec.timeouts(), results());
            }
            removeWorkspaces();
            ended = true;
        } finally {
            watchdog.ifPresent(ended ? Watchdog::dismiss : Watchdog::takeOver);
        }
    }

    private void removeWorkspaces() {
        FleetChanges changes = new FleetChanges(spec.name(), definition.project(), definition.workspaces());
        List<String> left = new ArrayList<>();
        changes.of(List.of()).forEach(work -> left.addAll(FleetChanges.clean(work, true)));
        if (!left.isEmpty()) {
            throw new IllegalStateException("workspaces of fleet " + spec.name() + " are left: " + left);
        }
    }

    /** Checks that the fleet is the tests' own: a detached one of the name is joined, and stays. */
    private boolean endsWithTests() {
        return spec.id().lifetime() == Lifetime.BUILD;
    }
}
