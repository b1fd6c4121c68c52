package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.ConvergeException;
import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.plan.ObservedFleet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes orphans of builds that neither stopped their fleet themselves nor had it stopped by their watchdog. Such a
 * build was killed with its whole process tree, or lost power. Fleets that are not known to be dead stay.
 */
final class OrphanCleanup {

    /** Time in which a person may still submit the code of a sign-in that a build has left pending. */
    private static final Duration SIGN_IN = Duration.ofMinutes(15);

    private final FleetRegistry registry;
    private final FleetObserver observer;
    private final VolumeWorkspaces volumes;
    private final FleetListener listener;
    private final InstantSource clock;

    OrphanCleanup(
            FleetRegistry registry,
            FleetObserver observer,
            VolumeWorkspaces volumes,
            FleetListener listener,
            InstantSource clock) {
        this.registry = registry;
        this.observer = observer;
        this.volumes = volumes;
        this.listener = listener;
        this.clock = clock;
    }

    /** Orphaned fleet and the resources that it had. */
    record Swept(DiscoveredFleet fleet, ObservedFleet observed) {}

    /** Removes the orphans. The caller has another goal, so failures are only reported and left for the next cleanup. */
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
            volumes.removeFleet(observed, converger);
            listener.orphanRemoved(fleet.text(), observed.containers().size());
            return true;
        } catch (ConvergeException | EngineException e) {
            listener.orphanNotRemoved(fleet.text(), e.getMessage());
            return false;
        }
    }

    /** Uses the time of creation, because the engine restarts an auth container each time that it exits. */
    private boolean isWaitingForSignIn(ObservedFleet observed) {
        return observed.agents().isEmpty()
                && observed.auth()
                        .flatMap(ContainerObservation::createdAt)
                        .filter(start ->
                                Duration.between(start, clock.instant()).compareTo(SIGN_IN) < 0)
                        .isPresent();
    }
}
