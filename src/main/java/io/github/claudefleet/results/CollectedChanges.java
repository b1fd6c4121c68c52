package io.github.claudefleet.results;

import java.util.List;

/**
 * Contents of {@code changes.json}.
 *
 * @param origin the fleet, and the build that collected
 * @param agents an entry for each agent with a workspace of its own
 */
public record CollectedChanges(ResultsOrigin origin, List<AgentChanges> agents) {

    public CollectedChanges {
        agents = List.copyOf(agents);
    }
}
