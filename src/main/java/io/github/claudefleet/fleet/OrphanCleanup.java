package io.github.claudefleet.fleet;

import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Planner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what builds have left behind that ended without a chance to do so, neither themselves nor by their watchdog: killed with
 * their whole process tree, or by a loss of power. What can't be told dead stays.
 */
final class OrphanCleanup {

    /** Somebody may be about to hand in the code of a sign-in that a build has left waiting. */
    private static final Duration SIGN_IN = Duration.ofMinutes(15);

    private final FleetRegistry registry;
    private final FleetObserver observer;
    private final Planner planner;
    private final FleetLog log;
    private final InstantSource clock;

    OrphanCleanup(FleetRegistry registry, FleetObserver observer, Planner planner, FleetLog log, InstantSource clock) {
        this.registry = registry;
        this.observer = observer;
        this.planner = planner;
        this.log = log;
        this.clock = clock;
    }

    /** A fleet that nobody owned any more, and what it had. */
    record Swept(DiscoveredFleet fleet, ObservedFleet observed) {}

    /** Whoever sweeps wants something else: what can't be removed is told, and is left for the next one. */
    List<Swept> run(Converger converger) throws InterruptedException {
        List<Swept> cleanedUp = new ArrayList<>();
        for (DiscoveredFleet fleet : registry.leftBehind()) {
            ObservedFleet observed = observer.observe(fleet.id());
            if (!isWaitingForSignIn(observed) && removes(fleet, observed, converger)) {
                cleanedUp.add(new Swept(fleet, observed));
            }
        }
        return cleanedUp;
    }

    private boolean removes(DiscoveredFleet fleet, ObservedFleet observed, Converger converger)
            throws InterruptedException {
        try {
            converger.apply(planner.stop(observed));
            log.cleanedUp(fleet.text(), observed.containers().size());
            return true;
        } catch (ConvergeException | EngineException e) {
            log.notCleanedUp(fleet.text(), e.getMessage());
            return false;
        }
    }

    /** By when it was made: one that ends again and again is started again and again. */
    private boolean isWaitingForSignIn(ObservedFleet observed) {
        return observed.agents().isEmpty()
                && observed.auth()
                        .flatMap(ContainerObservation::createdAt)
                        .filter(start ->
                                Duration.between(start, clock.instant()).compareTo(SIGN_IN) < 0)
                        .isPresent();
    }
}
