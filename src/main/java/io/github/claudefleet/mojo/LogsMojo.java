package io.github.claudefleet.mojo;

import io.github.claudefleet.fleet.LogsRequest;
import io.github.claudefleet.spec.Numbers;
import java.util.List;
import java.util.OptionalInt;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Shows what the agents printed, each line behind its agent's name. */
@Mojo(name = "logs", requiresProject = false, threadSafe = true)
public class LogsMojo extends AbstractFleetMojo {

    private static final int MOST_LINES = 1_000_000;

    /** The agents to show, separated by commas; {@code auth} is the auth container. By default all agents. */
    @Parameter(property = "claude-fleet.agent")
    private List<String> agent;

    /** Whether to go on as the agents print more, until they end. */
    @Parameter(property = "claude-fleet.follow", defaultValue = "false")
    private boolean follow;

    /** How many of each agent's last lines to show. By default all. */
    @Parameter(property = "claude-fleet.tail")
    private Integer tail;

    @Override
    void run() throws InterruptedException, MojoExecutionException {
        OptionalInt lines =
                tail == null ? OptionalInt.empty() : OptionalInt.of(Numbers.within("tail", tail, 0, MOST_LINES));
        LogsRequest selector = new LogsRequest(agent == null ? List.of() : agent, follow, lines);
        withFleet(fleet -> fleet.logs(fleetSelector(), selector));
    }
}
