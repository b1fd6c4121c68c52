package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.converge.Parallel;
import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResourceNames;
import io.github.claudefleet.transfer.WorkspaceTransfers;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.WorkspaceLayout;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Removes all resources of a fleet. Workspaces in volumes are fetched in between: after the removal of the agents, which
 * write them, and before that of the volumes. A volume that can't be fetched completely stays.
 */
record FleetRemoval(Planner planner, WorkspaceTransfers transfers, WorkspaceListener listener) {

    void remove(ObservedFleet observed, Converger converger) throws InterruptedException {
        List<String> workspaces =
                observed.volumes().stream().filter(ResourceNames::isOfWorkspace).toList();
        converger.apply(planner.stop(new ObservedFleet(
                observed.containers(),
                observed.networks(),
                observed.volumes().stream()
                        .filter(volume -> !workspaces.contains(volume))
                        .toList())));
        if (!workspaces.isEmpty()) {
            converger.apply(planner.stop(new ObservedFleet(List.of(), List.of(), fetched(workspaces))));
        }
    }

    /** Fetches the workspaces, and returns the volumes that nobody needs any more. */
    private List<String> fetched(List<String> volumes) throws InterruptedException {
        Map<String, WorkspaceLayout> places = transfers.places(volumes);
        List<String> done = new ArrayList<>(volumes);
        done.removeAll(Parallel.map(
                List.copyOf(places.entrySet()),
                VolumeWorkspaces.TRANSFERS_AT_ONCE,
                entry -> failed(entry) ? entry.getKey() : ""));
        return done;
    }

    private boolean failed(Map.Entry<String, WorkspaceLayout> volume) {
        try {
            transfers.fetchForTheLastTime(volume.getValue());
            return false;
        } catch (GitException | UncheckedIOException e) {
            listener.integrationFailed(volume.getValue().agent(), e.getMessage());
            return true;
        }
    }
}
