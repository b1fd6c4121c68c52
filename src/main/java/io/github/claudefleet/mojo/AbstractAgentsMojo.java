package io.github.claudefleet.mojo;

import io.github.claudefleet.config.AgentConfiguration;
import io.github.claudefleet.config.FleetConfiguration;
import io.github.claudefleet.config.WorkspaceConfiguration;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals have that know the agents. */
abstract class AbstractAgentsMojo extends AbstractLoginMojo {

    /** The agents; see docs/configuration.md for what an {@code <agent>} has. */
    @Parameter
    private List<AgentConfiguration> agents;

    /** So many identical agents beside those of the pom, named {@code worker-1} and so on; for the command line. */
    @Parameter(property = "claude-fleet.workers")
    private Integer workers;

    /**
     * Where agents work that have no {@code <workspace>} of their own: a directory, mounted read-write at
     * {@code /workspace}. By default the project's.
     */
    @Parameter
    private WorkspaceConfiguration workspace;

    @Override
    FleetConfiguration configuration() {
        return super.configuration().agents(agents).workers(workers).workspace(workspace);
    }
}
