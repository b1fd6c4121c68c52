package io.github.claudefleet.fleet;

import io.github.claudefleet.converge.Converger;
import io.github.claudefleet.engine.ContainerRequest;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.transfer.WorkspaceTransfers;
import io.github.claudefleet.workspace.GitException;
import io.github.claudefleet.workspace.WorkspaceLayout;
import java.util.concurrent.Semaphore;

/** Fills the volume of an agent that has one, before the agent starts. */
final class WorkspaceSending implements Converger.Preparation {

    /** Maximum number of concurrent transfers, each of which runs git on both sides. */
    static final int AT_ONCE = 4;

    private final FleetSpec spec;
    private final WorkspaceTransfers transfers;
    private final Semaphore room = new Semaphore(AT_ONCE);

    WorkspaceSending(FleetSpec spec, WorkspaceTransfers transfers) {
        this.spec = spec;
        this.transfers = transfers;
    }

    @Override
    public void prepare(ContainerRequest request) {
        spec.agents().stream()
                .filter(agent -> agent.workspace().isInVolume())
                .filter(agent -> agent.name().value().equals(request.labels().get(Labels.AGENT)))
                .flatMap(agent -> agent.workspace().place().stream())
                .forEach(place -> send(new WorkspaceLayout(place)));
    }

    private void send(WorkspaceLayout place) {
        try {
            room.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GitException("the workspace of agent " + place.agent() + " was not sent: interrupted", e);
        }
        try {
            transfers.send(place);
        } finally {
            room.release();
        }
    }
}
