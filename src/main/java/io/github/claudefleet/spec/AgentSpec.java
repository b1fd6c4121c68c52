package io.github.claudefleet.spec;

import java.util.Optional;
import java.util.SortedMap;

/**
 * One agent: a container that works on prompts, or waits for {@code docker exec}.
 *
 * @param name unique in the fleet
 * @param prompt what to do as soon as it is ready, after which it ends; empty for an agent that stays up
 * @param takesOrders whether it is told later what to do, prompt by prompt
 * @param workspace where it works
 * @param environment the container's environment, fleet-wide variables included
 * @param claude how the CLI is called
 * @param limits what it may take of the machine
 */
public record AgentSpec(
        AgentName name,
        Optional<Prompt> prompt,
        boolean takesOrders,
        Workspace workspace,
        SortedMap<String, String> environment,
        ClaudeOptions claude,
        ResourceLimits limits) {

    /** The same in another workspace. */
    public AgentSpec withWorkspace(Workspace other) {
        return new AgentSpec(name, prompt, takesOrders, other, environment, claude, limits);
    }

    /** The same with another environment. */
    public AgentSpec withEnvironment(SortedMap<String, String> other) {
        return new AgentSpec(name, prompt, takesOrders, workspace, other, claude, limits);
    }
}
