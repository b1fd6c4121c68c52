package io.github.claudefleet.converge;

import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.AgentName;
import java.util.List;

/**
 * Result of waiting for an agent to become ready.
 *
 * @param agent name of the agent
 * @param containerId id of its container
 * @param state state of the agent
 * @param reason reason why it is not ready; empty if it is
 * @param lastLines lines that it printed last, if it is not ready
 */
public record Readiness(AgentName agent, String containerId, AgentState state, String reason, List<String> lastLines) {

    public boolean isReady() {
        return reason.isEmpty();
    }
}
