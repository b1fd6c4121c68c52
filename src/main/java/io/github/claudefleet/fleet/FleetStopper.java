package io.github.claudefleet.fleet;

import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Stops fleets: for a user, at the end of a build, or after the death of a build. */
final class FleetStopper {

    /** Timeouts without a grace period, for builds that are gone. */
    private static final FleetTimeouts AT_ONCE = new FleetTimeouts(16, Duration.ofSeconds(60), Duration.ZERO);

    private final Function<FleetTimeouts, Converger> convergers;
    private final FleetRegistry registry;
    private final FleetObserver observer;
    private final OrphanCleanup orphanCleanup;
    private final AgentWorkspaces agentWorkspaces;
    private final FleetLog log;
    private final InstantSource clock;
    private final Planner planner = new Planner();

    FleetStopper(
            Function<FleetTimeouts, Converger> convergers,
            FleetRegistry registry,
            FleetObserver observer,
            OrphanCleanup orphanCleanup,
            AgentWorkspaces agentWorkspaces,
            FleetLog log,
            InstantSource clock) {
        this.convergers = convergers;
        this.registry = registry;
        this.observer = observer;
        this.orphanCleanup = orphanCleanup;
        this.agentWorkspaces = agentWorkspaces;
        this.log = log;
        this.clock = clock;
    }

    /** Stops the selected fleets for a user or a build. */
    void stop(FleetSelector selector, FleetTimeouts timeouts, Path results) throws InterruptedException {
        // A failed integration must not keep another fleet from being stopped.
        FailureCollector all = new FailureCollector();
        for (OrphanCleanup.Swept cleanedUp : orphanCleanup.run(convergers.apply(timeouts))) {
            if (cleanedUp.fleet().id().project().equals(selector.id().project())) {
                all.attempt(() -> integrateChanges(cleanedUp.fleet().id(), cleanedUp.observed(), results));
            }
        }
        List<FleetId> fleets = registry.toStop(selector);
        if (fleets.isEmpty()) {
            log.nothingToStop(
                    selector.id().name(),
                    registry.all().stream().map(DiscoveredFleet::text).toList());
        }
        for (FleetId fleet : fleets) {
            all.attempt(() -> stop(fleet, timeouts, results));
        }
        all.end();
    }

    void stop(FleetId fleet, FleetTimeouts timeouts, Path results) throws InterruptedException {
        Instant begin = clock.instant();
        ObservedFleet observed = observer.observe(fleet);
        convergers.apply(timeouts).apply(planner.stop(observed));
        log.stopped(fleet.name(), observed.containers().size(), Duration.between(begin, clock.instant()));
        integrateChanges(fleet, observed, results);
    }

    private void integrateChanges(FleetId fleet, ObservedFleet observed, Path results) {
        ResultsWriter writer = ResultsWriter.atStop(results, ResultsOrigin.of(fleet), log::resultNotWritten);
        agentWorkspaces.integrateLastChanges(observed, writer);
    }

    /** Stops a fleet whose build is over, if nobody has stopped it. */
    void endWithBuild(FleetId fleet, FleetTimeouts timeouts, Path results) throws InterruptedException {
        if (!observer.observe(fleet).isEmpty()) {
            log.endsWithBuild(fleet.name());
            stop(fleet, timeouts, results);
        }
    }

    /** Removes the resources of a build whose process is gone. Returns false if there were none. */
    boolean removeAllOf(String build) throws InterruptedException {
        ObservedFleet observed = observer.observe(LabelSelector.ofBuild(build));
        if (observed.isEmpty()) {
            return false;
        }
        convergers.apply(AT_ONCE).apply(planner.stop(observed));
        return true;
    }
}
