package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.LabelSelector;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.report.FleetLog;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** The ways in which a fleet ends. */
final class Ends {

    /** For who has nobody to wait for. */
    private static final Pace AT_ONCE = new Pace(16, Duration.ofSeconds(60), Duration.ZERO);

    private final Function<Pace, Converger> convergers;
    private final Neighbourhood neighbourhood;
    private final Observer observer;
    private final Sweep sweep;
    private final OwnWorkspaces ownWorkspaces;
    private final FleetLog log;
    private final InstantSource clock;
    private final Planner planner = new Planner();

    Ends(
            Function<Pace, Converger> convergers,
            Neighbourhood neighbourhood,
            Observer observer,
            Sweep sweep,
            OwnWorkspaces ownWorkspaces,
            FleetLog log,
            InstantSource clock) {
        this.convergers = convergers;
        this.neighbourhood = neighbourhood;
        this.observer = observer;
        this.sweep = sweep;
        this.ownWorkspaces = ownWorkspaces;
        this.log = log;
        this.clock = clock;
    }

    /** A person, or a build, has it stopped. */
    void stop(FleetWish wish, Pace pace, Path results) throws InterruptedException {
        // One that can't be brought home keeps no other one from being stopped.
        AllOfThem all = new AllOfThem();
        for (Sweep.Swept swept : sweep.run(convergers.apply(pace))) {
            if (swept.fleet().id().project().equals(wish.id().project())) {
                all.attempt(() -> bringHome(swept.fleet().id(), swept.observed(), results));
            }
        }
        List<FleetId> fleets = neighbourhood.toStop(wish);
        if (fleets.isEmpty()) {
            log.nothingToStop(
                    wish.id().name(),
                    neighbourhood.all().stream().map(Neighbour::text).toList());
        }
        for (FleetId fleet : fleets) {
            all.attempt(() -> stop(fleet, pace, results));
        }
        all.end();
    }

    void stop(FleetId fleet, Pace pace, Path results) throws InterruptedException {
        Instant begin = clock.instant();
        ObservedFleet observed = observer.observe(fleet);
        convergers.apply(pace).apply(planner.stop(observed));
        log.stopped(fleet.name(), observed.containers().size(), Duration.between(begin, clock.instant()));
        bringHome(fleet, observed, results);
    }

    private void bringHome(FleetId fleet, ObservedFleet observed, Path results) {
        ResultsWriter writer = ResultsWriter.atStop(results, ResultsOrigin.of(fleet), log::resultNotWritten);
        ownWorkspaces.bringHomeTheLast(observed, writer);
    }

    /** Its build is over, and nobody has stopped it. */
    void endWithBuild(FleetId fleet, Pace pace, Path results) throws InterruptedException {
        if (!observer.observe(fleet).isEmpty()) {
            log.endsWithBuild(fleet.name());
            stop(fleet, pace, results);
        }
    }

    /** Its build's process is gone; false where there was nothing any more. */
    boolean removeAllOf(String build) throws InterruptedException {
        ObservedFleet observed = observer.observe(LabelSelector.ofBuild(build));
        if (observed.isEmpty()) {
            return false;
        }
        convergers.apply(AT_ONCE).apply(planner.stop(observed));
        return true;
    }
}
