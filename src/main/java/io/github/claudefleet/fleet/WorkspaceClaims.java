package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Refuses workspaces of other fleets' agents: agents that don't know of each other can't share a tree. */
record WorkspaceClaims(FleetObserver observer, FleetRegistry registry) {

    static WorkspaceClaims of(FleetContext context) {
        return new WorkspaceClaims(context.observer, context.registry);
    }

    /** @throws InvalidSpecException if an agent of another fleet uses the workspace of an agent of this fleet */
    void refuseTaken(FleetSpec spec) {
        Map<String, ContainerObservation> others = observer.otherWorkspaces(spec.id());
        for (AgentSpec agent : spec.agents()) {
            place(agent).map(others::get).ifPresent(other -> refuse(agent, other));
        }
    }

    private static Optional<String> place(AgentSpec agent) {
        return agent.workspace().strategy().isOwn() ? agent.workspace().place().map(Path::toString) : Optional.empty();
    }

    private void refuse(AgentSpec agent, ContainerObservation other) {
        Optional<DiscoveredFleet> discovered = registry.of(other.labels());
        if (discovered.filter(DiscoveredFleet::isLeftBehind).isEmpty()) {
            throw new InvalidSpecException(
                    "workspace",
                    "of agent " + agent.name() + " is in use by fleet "
                            + discovered.map(DiscoveredFleet::text).orElse(other.name()),
                    "Wait for that one or end it, give this one another workspace.root, or build in another checkout.");
        }
    }
}
