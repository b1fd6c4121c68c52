package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.host.HostUser;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Operation;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.results.AgentChanges;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.Workspace;
import io.github.claudefleet.workspace.Changes;
import io.github.claudefleet.workspace.IntegrationResult;
import io.github.claudefleet.workspace.RetiredWorkspace;
import io.github.claudefleet.workspace.WorkspaceLayout;
import io.github.claudefleet.workspace.WorkspaceRefresh;
import io.github.claudefleet.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Prepares, integrates and reports the agents' own workspaces for the goals of a fleet. */
final class AgentWorkspaces {

    private final Workspaces workspaces = new Workspaces(AgentWorkspaces::give);
    private final WorkspaceListener listener;
    private final InstantSource clock;
    private final WorkspaceRefresh refresh;

    /** @param refresh fetches the agents' newest files */
    AgentWorkspaces(WorkspaceListener listener, InstantSource clock, WorkspaceRefresh refresh) {
        this.refresh = refresh;
        this.listener = listener;
        this.clock = clock;
    }

    /** Resolves each agent's workspace, and reports where its strategy is not the one requested. */
    FleetSpec resolve(FleetSpec asked) {
        FleetSpec resolved = Workspaces.resolve(asked);
        Set<Path> copied = new LinkedHashSet<>();
        for (int i = 0; i < asked.agents().size(); i++) {
            Workspace wanted = asked.agents().get(i).workspace();
            if (wanted.strategy() != resolved.agents().get(i).workspace().strategy()) {
                copied.add(wanted.directory());
            }
        }
        copied.forEach(listener::copiesInstead);
        return resolved;
    }

    /** Reports the starting points of the workspaces of agents that are about to be created. */
    void tellStarts(Plan plan, FleetSpec spec) {
        Workspaces.limits(spec.withAgents(created(plan, spec))).forEach(listener::gitIsLimited);
        created(plan, spec)
                .forEach(agent -> agent.workspace()
                        .start()
                        .ifPresent(start -> listener.startsFrom(
                                agent.name(), agent.workspace().strategy().value(), start)));
    }

    /** Creates a new workspace for each new container; the changes in the previous one are on its branch then. */
    void makeFor(Plan plan, FleetSpec spec) {
        tellStarts(plan, spec);
        List<AgentSpec> created = created(plan, spec);
        tellTraps(created.stream()
                .flatMap(agent -> agent.workspace().place().stream())
                .map(WorkspaceLayout::new)
                .toList());
        for (AgentSpec agent : created) {
            workspaces.make(spec, agent).ifPresent(retired -> tellRetired(agent.name(), retired));
        }
    }

    /** Returns the agents that get a new container and, with it, a new workspace. */
    static List<AgentSpec> created(Plan plan, FleetSpec spec) {
        List<String> names = plan.steps().stream()
                .map(Plan.Step::operation)
                .filter(Operation.CreateContainer.class::isInstance)
                .map(operation -> ((Operation.CreateContainer) operation)
                        .request()
                        .labels()
                        .getOrDefault(Labels.AGENT, ""))
                .toList();
        return spec.agents().stream()
                .filter(agent -> names.contains(agent.name().value()))
                .toList();
    }

    /** Integrates the changes of the fleet's agents, and writes them to the results. */
    void integrateChanges(FleetSpec spec, ResultsWriter results) {
        List<IntegrationResult> homes = Workspaces.integrateChanges(
                spec.agents().stream()
                        .flatMap(agent -> agent.workspace().place().stream())
                        .map(WorkspaceLayout::new)
                        .toList(),
                results.directory(),
                refresh);
        homes.forEach(this::tell);
        results.write(homes.stream().map(AgentWorkspaces::entry).toList(), clock.instant());
    }

    /**
     * Integrates the changes of removed agents that have not been integrated before. Reports the files that the agents
     * wrote directly and that a person should inspect.
     *
     * @param observed fleet before its removal
     */
    void integrateLastChanges(ObservedFleet observed, ResultsWriter results) {
        List<WorkspaceLayout> places = observed.agents().stream()
                .flatMap(agent -> place(agent).stream())
                .toList();
        List<IntegrationResult> homes = Workspaces.integrateChanges(places, results.directory(), refresh);
        if (results.lacksChanges()
                || homes.stream().anyMatch(home -> home.changes().isNew())) {
            homes.stream().filter(home -> home.changes().isNew()).forEach(this::tell);
            results.write(homes.stream().map(AgentWorkspaces::entry).toList(), clock.instant());
        }
        tellTraps(places);
        Workspaces.tidy(homes);
    }

    private static Optional<WorkspaceLayout> place(ContainerObservation agent) {
        return Optional.ofNullable(agent.labels().get(Labels.WORKSPACE))
                .map(Path::of)
                .map(WorkspaceLayout::new);
    }

    private void tellTraps(List<WorkspaceLayout> places) {
        List<Path> changed = Workspaces.changedTraps(places);
        if (!changed.isEmpty()) {
            listener.autoExecutedFilesChanged(changed);
        }
    }

    private void tell(IntegrationResult home) {
        Changes changes = home.changes();
        if (home.outcome() == IntegrationResult.Outcome.FAILED) {
            listener.integrationFailed(home.agent(), home.reason());
            return;
        }
        if (home.outcome() == IntegrationResult.Outcome.REFUSED) {
            listener.notMerged(home.agent(), home.reason());
        }
        if (!changes.isNothing()) {
            listener.integrated(home.agent(), home.where(), changes.files());
        }
        changes.warnings().forEach(warning -> listener.changesNeedReview(home.agent(), warning));
    }

    private void tellRetired(AgentName agent, RetiredWorkspace retired) {
        listener.integrated(agent, retired.where(), retired.changes().files());
        retired.changes().warnings().forEach(warning -> listener.changesNeedReview(agent, warning));
    }

    private static AgentChanges entry(IntegrationResult home) {
        Changes changes = home.changes();
        return new AgentChanges(
                home.agent().value(),
                home.workspace().strategy().value(),
                home.isOnBranch() ? changes.branch() : null,
                changes.base(),
                changes.head(),
                changes.commits(),
                changes.files(),
                home.merge().value(),
                home.outcome().name().toLowerCase(Locale.ROOT),
                home.reason().isEmpty() ? null : home.reason(),
                changes.others(),
                changes.warnings());
    }

    /** Changes the owner if this process is root. Any other user runs the containers as themselves. */
    static void give(Path file, ContainerUser user) {
        if (HostUser.isRoot()) {
            try {
                HostFiles.giveAllTo(file, user);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " can't be given to user " + user + ": " + FileProblem.of(e), e);
            }
        }
    }
}
