package io.github.claudefleet.mojo;

import io.github.claudefleet.config.WorkspaceConfiguration;
import io.github.claudefleet.workspace.FleetChanges;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals have that are about what agents did in workspaces of their own. */
abstract class AbstractWorkspaceMojo extends AbstractFleetMojo {

    /** The agents, separated by commas. By default all that have a workspace of their own. */
    @Parameter(property = "claude-fleet.agent")
    private List<String> agent;

    /** As the agents have it; {@code <root>} says where workspaces are. */
    @Parameter
    private WorkspaceConfiguration workspace;

    final FleetChanges work() {
        WorkspaceConfiguration configuration = workspace == null ? new WorkspaceConfiguration() : workspace;
        Path root = configuration.root(properties(), baseDirectory(), home());
        return new FleetChanges(fleetName(), baseDirectory(), root);
    }

    final List<String> agents() {
        return agent == null ? List.of() : agent;
    }
}
