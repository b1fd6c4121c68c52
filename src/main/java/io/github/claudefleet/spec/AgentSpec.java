package io.github.claudefleet.spec;

import java.util.Optional;
import java.util.SortedMap;

/**
 * Specification of one agent: a container that works on prompts or waits for {@code docker exec}.
 *
 * @param name name of the agent, unique in the fleet
 * @param prompt prompt that the agent starts as soon as it is ready, and after which it ends; empty for an agent that
 *     stays up
 * @param takesTasks true if the agent is sent its prompts later, one by one
 * @param workspace files that the agent works on
 * @param environment environment of the container, fleet-wide variables included
 * @param claude options of its CLI calls
 * @param limits limits on its use of the machine's resources
 */
public record AgentSpec(
        AgentName name,
        Optional<Prompt> prompt,
        boolean takesTasks,
        Workspace workspace,
        SortedMap<String, String> environment,
        ClaudeOptions claude,
        ResourceLimits limits) {

    /** Returns a copy with another workspace. */
    public AgentSpec withWorkspace(Workspace other) {
        return new AgentSpec(name, prompt, takesTasks, other, environment, claude, limits);
    }

    /** Returns a copy with other options of its CLI calls. */
    public AgentSpec withClaude(ClaudeOptions other) {
        return new AgentSpec(name, prompt, takesTasks, workspace, environment, other, limits);
    }

    /** Returns a copy for one of several candidates, whose changes come home only if it is chosen. */
    public AgentSpec ofCandidate() {
        return withWorkspace(workspace.with(workspace.origin().home().ofCandidate(false)));
    }

    /** Returns a copy with another environment. */
    public AgentSpec withEnvironment(SortedMap<String, String> other) {
        return new AgentSpec(name, prompt, takesTasks, workspace, other, claude, limits);
    }
}
