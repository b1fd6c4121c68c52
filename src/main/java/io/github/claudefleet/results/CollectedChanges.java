package io.github.claudefleet.results;

import java.util.List;

/**
 * Contents of {@code changes.json}.
 *
 * @param origin fleet, and build that collected the changes
 * @param agents one entry for each agent with its own workspace
 */
public record CollectedChanges(ResultsOrigin origin, List<AgentChanges> agents) {

    public CollectedChanges {
        agents = List.copyOf(agents);
    }
}
