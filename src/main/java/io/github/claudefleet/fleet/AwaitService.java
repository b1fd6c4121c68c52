package io.github.claudefleet.fleet;

import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.results.ResultsCheck;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.supervise.FleetSupervisor;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.workspace.Workspaces;
import java.nio.file.Path;
import java.util.Optional;

/** Follows agents until all their tasks have ended, and writes the results. */
record AwaitService(FleetContext context) {

    FleetReport await(FleetSpec asked, Path results, Optional<Path> compareWith) throws InterruptedException {
        ResultsCheck.check(results);
        FleetSpec spec = Workspaces.resolve(asked.withId(context.registry.present(asked.id())));
        ResultsLock lock = ResultsLock.in(results);
        try {
            ObservedFleet observed = context.observer.observe(spec.id());
            AwaitedWork.check(spec, observed);
            if (!spec.work().hasTasks()) {
                context.listeners.fleet().nothingToAwait(spec.name());
            }
            ResultsWriter writer = resultsOf(asked, results);
            writer.begin(spec.name(), spec.work().maxCost(), context.now());
            writer.compareWith(compareWith, context.listeners.fleet()::notCompared);
            FleetSupervisor supervisor = new FleetSupervisor(
                    context.engine,
                    spec,
                    context.listeners.supervision(),
                    new WorkspaceWork(
                            spec, new IndependentCheck(context.engine, spec, observed), context.volumes.transfers()),
                    context.clock,
                    results);
            FleetReport report = StandInWatch.during(
                    context.standIns, spec, observed, () -> supervisor.await(observed, writer::snapshot));
            try {
                writer.egress(context.hostsAsked(observed));
                writer.write(report);
            } finally {
                // The changes of paid work are integrated even if its results can't be written.
                ChosenCandidates.record(spec, report);
                context.workspaces.integrateChanges(spec, writer);
            }
            context.listeners.runs().runEnded(spec.id(), report, supervisor.attempts());
            context.listeners.output().wrote(results.resolve("fleet.json"));
            return report;
        } finally {
            lock.close();
        }
    }

    ResultsWriter resultsOf(FleetSpec spec, Path results) {
        return new ResultsWriter(results, ResultsOrigin.of(spec.id()), context.listeners.fleet()::resultNotWritten);
    }
}
