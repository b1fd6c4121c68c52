package io.github.claudefleet.converge;

import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.AgentName;
import java.util.List;

/**
 * Whether an agent has got to its work.
 *
 * @param agent who
 * @param containerId its container
 * @param state what it is doing
 * @param reason why it is not ready; empty where it is
 * @param lastLines what it printed last, where it is not ready
 */
public record Readiness(AgentName agent, String containerId, AgentState state, String reason, List<String> lastLines) {

    public boolean isReady() {
        return reason.isEmpty();
    }
}
