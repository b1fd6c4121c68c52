package io.github.claudefleet.fleet;

import java.util.List;
import java.util.OptionalInt;

/**
 * Request for agents' output.
 *
 * @param agents names of the agents; empty for all agents, {@code auth} for the auth container
 * @param follow true to continue until the agents end
 * @param tail number of each agent's last lines to begin with; empty for all
 */
public record LogsRequest(List<String> agents, boolean follow, OptionalInt tail) {

    public LogsRequest {
        agents = List.copyOf(agents);
    }
}
