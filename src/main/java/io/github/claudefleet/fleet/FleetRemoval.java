package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.converge.Parallel;
import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.transfer.LostWorkspaceException;
import io.github.claudefleet.transfer.WorkspaceTransfers;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.WorkspaceLayout;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes all resources of a fleet. Workspaces in volumes are fetched in between: after the removal of the agents, which
 * write them, and before that of the volumes. A volume that can't be fetched completely stays. If an engine's volumes end
 * with their containers, the agents are only stopped before, and the container of such a volume stays, too.
 */
record FleetRemoval(ContainerEngine engine, Planner planner, WorkspaceTransfers transfers, WorkspaceListener listener) {

    void remove(ObservedFleet observed, Converger converger) throws InterruptedException {
        List<String> workspaces =
                observed.volumes().stream().filter(ResourceNames::isOfWorkspace).toList();
        if (!workspaces.isEmpty() && !engine.info().has(EngineCapability.SHARED_VOLUMES)) {
            removeFetched(observed, workspaces, converger);
            return;
        }
        converger.apply(planner.stop(new ObservedFleet(
                observed.containers(),
                observed.networks(),
                observed.volumes().stream()
                        .filter(volume -> !workspaces.contains(volume))
                        .toList())));
        if (!workspaces.isEmpty()) {
            converger.apply(planner.stop(
                    new ObservedFleet(List.of(), List.of(), fetched(workspaces, transfers.places(workspaces)))));
        }
    }

    private void removeFetched(ObservedFleet observed, List<String> workspaces, Converger converger)
            throws InterruptedException {
        Map<String, WorkspaceLayout> places = transfers.places(workspaces);
        converger.stop(observed.agents().stream()
                .filter(agent -> agent.labels().containsKey(Labels.WORKSPACE))
                .toList());
        List<String> kept = new ArrayList<>(workspaces);
        kept.removeAll(fetched(workspaces, places));
        Set<String> stay = kept.stream()
                .map(volume -> places.get(volume).directory().toString())
                .collect(Collectors.toSet());
        converger.apply(planner.stop(new ObservedFleet(
                observed.containers().stream()
                        .filter(container -> !stay.contains(container.labels().get(Labels.WORKSPACE)))
                        .toList(),
                observed.networks(),
                observed.volumes().stream()
                        .filter(volume -> !kept.contains(volume))
                        .toList())));
    }

    /** Fetches the workspaces, and returns the volumes that nobody needs any more. */
    private List<String> fetched(List<String> volumes, Map<String, WorkspaceLayout> places)
            throws InterruptedException {
        List<String> done = new ArrayList<>(volumes);
        done.removeAll(Parallel.map(
                List.copyOf(places.entrySet()),
                WorkspaceSending.AT_ONCE,
                entry -> failed(entry) ? entry.getKey() : ""));
        return done;
    }

    private boolean failed(Map.Entry<String, WorkspaceLayout> volume) {
        try {
            transfers.fetchForTheLastTime(volume.getValue());
            return false;
        } catch (LostWorkspaceException e) {
            listener.integrationFailed(volume.getValue().agent(), e.getMessage());
            return false;
        } catch (GitException | UncheckedIOException e) {
            listener.integrationFailed(volume.getValue().agent(), e.getMessage());
            return true;
        }
    }
}
