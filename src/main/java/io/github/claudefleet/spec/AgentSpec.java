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
 * @param egress connections and requests that it may make
 * @param readOnlyRootfs value for this agent in place of the fleet's {@link Hardening#readOnlyRootfs}; empty for the
 *     fleet's
 */
public record AgentSpec(
        AgentName name,
        Optional<Prompt> prompt,
        boolean takesTasks,
        Workspace workspace,
        SortedMap<String, String> environment,
        ClaudeOptions claude,
        ResourceLimits limits,
        EgressSpec egress,
        Optional<Boolean> readOnlyRootfs) {

    /** Returns the restrictions of its container. */
    public Hardening hardening(Hardening ofFleet) {
        return readOnlyRootfs.map(ofFleet::withReadOnlyRootfs).orElse(ofFleet);
    }

    /** Returns a copy with another workspace. */
    public AgentSpec withWorkspace(Workspace other) {
        return new AgentSpec(name, prompt, takesTasks, other, environment, claude, limits, egress, readOnlyRootfs);
    }

    /** Returns a copy with other options of its CLI calls. */
    public AgentSpec withClaude(ClaudeOptions other) {
        return new AgentSpec(name, prompt, takesTasks, workspace, environment, other, limits, egress, readOnlyRootfs);
    }

    /** Returns a copy that is sent its prompt once it is ready, and stays up after it. */
    AgentSpec withPromptSent() {
        return new AgentSpec(
                name,
                Optional.empty(),
                takesTasks || prompt.isPresent(),
                workspace,
                environment,
                claude,
                limits,
                egress,
                readOnlyRootfs);
    }

    /** Returns a copy for one of several candidates, whose changes come home only if it is chosen. */
    public AgentSpec ofCandidate() {
        return withWorkspace(workspace.with(workspace.origin().home().ofCandidate(false)));
    }

    /** Returns a copy for a rehearsal, whose changes come to a branch at most. */
    AgentSpec rehearsed() {
        return withEnvironment(Rehearsal.withoutServices(environment))
                .withWorkspace(workspace.with(workspace.origin().home().atMostBranch()));
    }

    /** Returns a copy with another environment. */
    public AgentSpec withEnvironment(SortedMap<String, String> other) {
        return new AgentSpec(name, prompt, takesTasks, workspace, other, claude, limits, egress, readOnlyRootfs);
    }
}
