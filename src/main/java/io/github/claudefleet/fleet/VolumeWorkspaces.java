package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Operation;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.transfer.LostWorkspaceException;
import io.github.claudefleet.transfer.WorkspaceTransfers;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.WorkspaceLayout;
import io.github.claudefleet.workspace.WorkspaceRefresh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Workspaces in volumes, of a fleet on an engine that can't mount the directories of this machine. */
final class VolumeWorkspaces implements WorkspaceRefresh {

    private final ContainerEngine engine;
    private final WorkspaceListener listener;
    private final AgentWorkspaces workspaces;
    private final WorkspaceTransfers transfers;
    private final FleetRemoval removal;
    private final Map<Path, Boolean> mountable = new ConcurrentHashMap<>();

    VolumeWorkspaces(ContainerEngine engine, Planner planner, WorkspaceListener listener, InstantSource clock) {
        this.workspaces = new AgentWorkspaces(listener, clock, this);
        this.listener = listener;
        this.engine = engine;
        this.transfers = new WorkspaceTransfers(engine);
        this.removal = new FleetRemoval(engine, planner, transfers, listener);
    }

    static VolumeWorkspaces of(ContainerEngine engine, Planner planner, FleetListeners listeners, InstantSource clock) {
        return new VolumeWorkspaces(engine, planner, listeners.workspaces(), clock);
    }

    @Override
    public void fetch(WorkspaceLayout place) {
        transfers.fetch(place);
    }

    /** Returns the workspaces on this machine, which are refreshed from volumes. */
    AgentWorkspaces workspaces() {
        return workspaces;
    }

    /** Reports the starting points of workspaces, as they will be created. */
    void tellStarts(Plan plan, FleetSpec spec) {
        workspaces.tellStarts(plan, spec);
    }

    /** Removes all resources of a fleet, and fetches its workspaces in between. */
    void removeFleet(ObservedFleet observed, Converger converger) throws InterruptedException {
        removal.remove(observed, converger);
    }

    WorkspaceTransfers transfers() {
        return transfers;
    }

    /** Puts the workspaces that the engine can't mount into volumes. Those of the directory itself stay as they are. */
    FleetSpec resolve(FleetSpec spec) {
        return spec.withAgents(spec.agents().stream()
                .map(agent -> goesIntoVolume(agent)
                        ? agent.withWorkspace(agent.workspace().inVolume())
                        : agent)
                .toList());
    }

    private boolean goesIntoVolume(AgentSpec agent) {
        return agent.workspace().origin().strategy().isOwn()
                && !mountable.computeIfAbsent(agent.workspace().origin().root(), this::canMount);
    }

    private boolean canMount(Path root) {
        Path there = root.toAbsolutePath();
        while (there.getParent() != null && !Files.isDirectory(there)) {
            there = there.getParent();
        }
        return engine.info().has(EngineCapability.HOST_DIRECTORIES)
                && engine.containers().canMount(there);
    }

    /**
     * Returns the engine's capabilities for a fleet. If it does not see the root of the workspaces, it sees no other
     * directory of this machine either.
     *
     * @param spec resolved fleet
     */
    EngineInfo engineFor(FleetSpec spec) {
        return spec.agents().stream().anyMatch(agent -> agent.workspace().isInVolume())
                ? engine.info().without(EngineCapability.HOST_DIRECTORIES)
                : engine.info();
    }

    /**
     * Creates a workspace for each agent that the plan creates.
     *
     * @param before fleet before this goal
     */
    void make(Plan plan, FleetSpec spec, ResolvedFleet before) {
        fetchBefore(plan, spec, before.observed());
        workspaces.makeFor(plan, spec);
    }

    /** Returns the work by which the volumes of agents are filled before they start. */
    Converger.Preparation sending(FleetSpec spec) {
        return new WorkspaceSending(spec, transfers);
    }

    /** Fetches the workspaces of volumes that are about to be filled anew or removed. */
    private void fetchBefore(Plan plan, FleetSpec spec, ObservedFleet before) {
        ResourceNames names = new ResourceNames(spec.id());
        Set<String> filled = AgentWorkspaces.created(plan, spec).stream()
                .map(agent -> names.workspaceVolume(agent.name(), spec.user()))
                .collect(Collectors.toSet());
        Set<String> removed = plan.steps().stream()
                .map(Plan.Step::operation)
                .filter(Operation.RemoveVolume.class::isInstance)
                .map(operation -> ((Operation.RemoveVolume) operation).name())
                .collect(Collectors.toSet());
        List<String> changed = before.volumes().stream()
                .filter(volume -> filled.contains(volume) || removed.contains(volume))
                .filter(ResourceNames::isOfWorkspace)
                .toList();
        transfers.places(changed).values().forEach(this::fetchForTheLastTime);
    }

    private void fetchForTheLastTime(WorkspaceLayout place) {
        try {
            transfers.fetchForTheLastTime(place);
        } catch (LostWorkspaceException e) {
            listener.integrationFailed(place.agent(), e.getMessage());
        }
    }

    /**
     * Fetches what agents have done in volumes that a rollback removes, as far as that is possible.
     *
     * @param before fleet before the volumes were created
     */
    void fetchBeforeRollback(FleetSpec spec, ObservedFleet before) {
        ResourceNames names = new ResourceNames(spec.id());
        spec.agents().stream()
                .filter(agent -> agent.workspace().isInVolume())
                .filter(agent -> !before.volumes().contains(names.workspaceVolume(agent.name(), spec.user())))
                .flatMap(agent -> agent.workspace().place().stream())
                .map(WorkspaceLayout::new)
                .forEach(place -> {
                    try {
                        transfers.fetchForTheLastTime(place);
                    } catch (GitException | EngineException e) {
                        listener.integrationFailed(place.agent(), e.getMessage());
                    }
                });
    }
}
