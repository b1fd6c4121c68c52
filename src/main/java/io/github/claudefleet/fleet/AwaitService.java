package io.github.claudefleet.fleet;

import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.results.ResultsCheck;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.supervise.FleetSupervisor;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.workspace.Workspaces;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Follows agents until all their tasks have ended, and writes the results. */
record AwaitService(FleetContext context) {

    FleetReport await(FleetSpec asked, Path results, Optional<Path> compareWith) throws InterruptedException {
        ResultsCheck.check(results);
        FleetSpec spec = Workspaces.resolve(asked.withId(context.registry.present(asked.id())));
        ResultsLock lock = ResultsLock.in(results);
        try {
            ObservedFleet observed = context.observer.observe(spec.id());
            refuseUnknownWork(spec, observed);
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
                    new WorkspaceWork(spec, new IndependentCheck(context.engine, spec, observed)),
                    context.clock,
                    results);
            FleetReport report = supervisor.await(observed, writer::snapshot);
            try {
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

    /** Refuses tasks without agents, and agents whose work nobody would await: it would have no results. */
    private static void refuseUnknownWork(FleetSpec spec, ObservedFleet observed) {
        if (observed.agents().isEmpty() && !spec.work().isNone()) {
            throw new InvalidSpecException(
                    "fleet",
                    "\"" + spec.name() + "\" has no agents on this engine to await",
                    "Run claude-fleet:start first, or claude-fleet:run, which does all in one.");
        }
        Set<String> known = spec.work().queues().stream()
                .flatMap(queue -> queue.agents().stream())
                .map(AgentName::value)
                .collect(Collectors.toSet());
        observed.agents().stream()
                .filter(agent -> agent.label(Labels.PROMPT).isPresent())
                .map(agent -> agent.label(Labels.AGENT).orElse(agent.name()))
                .filter(agent -> !known.contains(agent))
                .findFirst()
                .ifPresent(agent -> {
                    throw new InvalidSpecException(
                            "agents",
                            "of this execution have no work for " + agent + ", which fleet " + spec.name()
                                    + " has at work",
                            "Await it with the configuration that it was started with, such as"
                                    + " claude-fleet:await@EXECUTION, or run claude-fleet:start again,"
                                    + " which removes what the pom no longer has.");
                });
    }
}
