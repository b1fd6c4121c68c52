package io.github.claudefleet.transfer;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.VolumeRequest;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.CommitAuthor;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.IntegrationSpec;
import io.github.claudefleet.spec.Labels;
import io.github.claudefleet.spec.MergePolicy;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.WorkspaceOrigin;
import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.IntegrationResult;
import io.github.claudefleet.workspace.WorkspaceLayout;
import io.github.claudefleet.workspace.Workspaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Agent of fleet shop whose workspace is in a volume, driven as by the goals. */
final class RemoteAgent {

    static final String VOLUME = "claude-fleet-shop-workspace-fixer";

    private static final String NAME = "fixer";

    private final AgentSpec agent;
    private final WorkspaceTransfers transfers;
    private final Path results;

    private RemoteAgent(AgentSpec agent, ContainerEngine engine, Path results) {
        this.agent = agent;
        this.transfers = new WorkspaceTransfers(engine);
        this.results = results;
    }

    /**
     * Creates the agent's workspace on this machine, and its empty volume.
     *
     * @param image image by which the volume is filled and read
     */
    static RemoteAgent create(
            Path temp,
            Path project,
            WorkspaceStrategy strategy,
            boolean uncommitted,
            ContainerEngine engine,
            String image) {
        IntegrationSpec integration =
                new IntegrationSpec(MergePolicy.BRANCH, true, "origin", Optional.of(CommitAuthor.FLEET));
        WorkspaceOrigin origin = new WorkspaceOrigin(
                project, strategy, Optional.empty(), uncommitted, integration, temp.resolve("workspaces"));
        FleetSpec fleet = Workspaces.resolve(Shop.fleet(NAME, origin));
        RemoteAgent remote = new RemoteAgent(fleet.agents().get(0), engine, temp.resolve("results"));
        new Workspaces((file, user) -> {}).make(fleet, remote.agent);
        Map<String, String> labels = new TreeMap<>(fleet.id().labels());
        labels.putAll(Map.of(
                Labels.AGENT,
                NAME,
                Labels.IMAGE,
                image,
                Labels.USER,
                "1000:1000",
                Labels.WORKSPACE,
                remote.place().directory().toString()));
        engine.volumes().create(VolumeRequest.onDisk(VOLUME, labels));
        return remote;
    }

    RemoteAgent send() {
        transfers.send(place());
        return this;
    }

    WorkspaceTransfers transfers() {
        return transfers;
    }

    WorkspaceLayout place() {
        return new WorkspaceLayout(agent.workspace().place().orElseThrow());
    }

    /** Fetches and integrates the changes as {@code await} does. */
    IntegrationResult integrate() {
        return Workspaces.integrateChanges(List.of(place()), results, transfers).get(0);
    }

    Path patch() {
        return results.resolve(NAME).resolve("changes.patch");
    }
}
