package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.ContainerRemoval;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Stops fleets: for a user, at the end of a build, or after the death of a build. */
final class FleetStopper {

    /** Timeouts without a grace period, for builds that are gone. */
    private static final FleetTimeouts AT_ONCE = new FleetTimeouts(16, Duration.ofSeconds(60), Duration.ZERO);

    private final FleetContext context;

    FleetStopper(FleetContext context) {
        this.context = context;
    }

    /** Returns the maximum duration of a stop: the agents' timeout, and the keeper's for a login refresh. */
    static Duration longestStop(FleetTimeouts timeouts) {
        return timeouts.stopTimeout().plus(ContainerRemoval.AUTH_GRACE);
    }

    /** Reports the plan of a stop. */
    void plan(FleetSelector selector) {
        List<FleetId> fleets = context.registry.toStop(selector);
        fleets.forEach(fleet ->
                context.listeners.fleet().dryRun(fleet.name(), context.planner.stop(context.observer.observe(fleet))));
        if (fleets.isEmpty()) {
            context.listeners.fleet().dryRun(selector.id().name(), Plan.NOTHING);
        }
    }

    /** Stops the selected fleets for a user or a build. */
    void stop(FleetSelector selector, FleetTimeouts timeouts, Path results) throws InterruptedException {
        context.listeners.fleet().engine(context.engine.info());
        // A failed integration must not keep another fleet from being stopped.
        FailureCollector all = new FailureCollector();
        for (OrphanCleanup.Swept cleanedUp : context.orphans.run(context.converger(timeouts))) {
            if (cleanedUp.fleet().id().project().equals(selector.id().project())) {
                all.attempt(() -> integrateChanges(cleanedUp.fleet().id(), cleanedUp.observed(), results));
            }
        }
        List<FleetId> fleets = context.registry.toStop(selector);
        if (fleets.isEmpty()) {
            context.listeners
                    .fleet()
                    .nothingToStop(
                            selector.id().name(),
                            context.registry.all().stream()
                                    .map(DiscoveredFleet::text)
                                    .toList());
        }
        for (FleetId fleet : fleets) {
            all.attempt(() -> stop(fleet, timeouts, results));
        }
        all.end();
    }

    void stop(FleetId fleet, FleetTimeouts timeouts, Path results) throws InterruptedException {
        Instant begin = context.now();
        ObservedFleet observed = context.observer.observe(fleet);
        context.volumes.removeFleet(observed, context.converger(timeouts));
        context.listeners
                .fleet()
                .stopped(fleet.name(), observed.containers().size(), Duration.between(begin, context.now()));
        integrateChanges(fleet, observed, results);
    }

    private void integrateChanges(FleetId fleet, ObservedFleet observed, Path results) {
        ResultsWriter writer =
                ResultsWriter.atStop(results, ResultsOrigin.of(fleet), context.listeners.fleet()::resultNotWritten);
        context.workspaces.integrateLastChanges(observed, writer);
    }

    /** Stops a fleet whose build is over, if nobody has stopped it. */
    void endWithBuild(FleetId fleet, FleetTimeouts timeouts, Path results) throws InterruptedException {
        if (!context.observer.observe(fleet).isEmpty()) {
            context.listeners.fleet().endsWithBuild(fleet.name());
            stop(fleet, timeouts, results);
        }
    }

    /** Removes the resources of a build whose process is gone. Returns false if there were none. */
    boolean removeAllOf(String build) throws InterruptedException {
        ObservedFleet observed = context.observer.observe(LabelSelector.ofBuild(build));
        if (observed.isEmpty()) {
            return false;
        }
        context.volumes.removeFleet(observed, context.converger(AT_ONCE));
        return true;
    }
}
