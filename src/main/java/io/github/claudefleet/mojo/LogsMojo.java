package io.github.claudefleet.mojo;

import io.github.claudefleet.fleet.LogsRequest;
import io.github.claudefleet.spec.Numbers;
import java.util.List;
import java.util.OptionalInt;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Shows the output of the agents, each line prefixed with its agent's name. */
@Mojo(name = "logs", requiresProject = false, threadSafe = true)
public class LogsMojo extends AbstractFleetMojo {

    private static final int MOST_LINES = 1_000_000;

    /** Names of the agents, separated by commas. {@code auth} is the auth container. The default is all agents. */
    @Parameter(property = "claude-fleet.agent")
    private List<String> agent;

    /** Continues to show new output until the agents end. */
    @Parameter(property = "claude-fleet.follow", defaultValue = "false")
    private boolean follow;

    /** Number of last lines to show for each agent. The default is all. */
    @Parameter(property = "claude-fleet.tail")
    private Integer tail;

    @Override
    void run() throws InterruptedException {
        OptionalInt lines =
                tail == null ? OptionalInt.empty() : OptionalInt.of(Numbers.within("tail", tail, 0, MOST_LINES));
        LogsRequest request = new LogsRequest(agent == null ? List.of() : agent, follow, lines);
        try (GoalSession session = openSession()) {
            session.fleet().logs(fleets().selector(), request);
        }
    }
}
