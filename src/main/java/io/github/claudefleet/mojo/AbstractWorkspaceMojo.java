package io.github.claudefleet.mojo;

import io.github.claudefleet.config.WorkspaceConfiguration;
import io.github.claudefleet.workspace.FleetChanges;
import io.github.claudefleet.workspace.TransferredWorkspace;
import io.github.claudefleet.workspace.WorkspaceLayout;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;

/** Base of the goals that operate on the agents' own workspaces. */
abstract class AbstractWorkspaceMojo extends AbstractFleetMojo {

    /** Names of the agents, separated by commas. The default is all agents that have a workspace of their own. */
    @Parameter(property = "claude-fleet.agent")
    private List<String> agent;

    /** Workspace as the agents configure it. Only {@code <root>}, the directory of the workspaces, is used. */
    @Parameter
    private WorkspaceConfiguration workspace;

    final FleetChanges work() {
        WorkspaceConfiguration configuration = workspace == null ? new WorkspaceConfiguration() : workspace;
        Path base = fleets().baseDirectory();
        return new FleetChanges(
                fleets().nameOnEngine(), base, configuration.root(properties(), base, home()), this::fetch);
    }

    /** Fetches a workspace that is in a volume of an engine; no other one needs an engine. */
    private void fetch(WorkspaceLayout place) {
        if (TransferredWorkspace.isAway(place)) {
            try (GoalSession session = openSession()) {
                session.fetch(place);
            }
        }
    }

    final List<String> agents() {
        return agent == null ? List.of() : agent;
    }
}
