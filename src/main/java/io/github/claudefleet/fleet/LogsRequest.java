package io.github.claudefleet.fleet;

import java.util.List;
import java.util.OptionalInt;

/**
 * What of the agents' output is wanted.
 *
 * @param agents their names; empty for all agents, {@code auth} for the auth container
 * @param follow whether to go on until they end
 * @param tail how many of each agent's last lines to begin with; empty for all
 */
public record LogsRequest(List<String> agents, boolean follow, OptionalInt tail) {

    public LogsRequest {
        agents = List.copyOf(agents);
    }
}
