package io.github.claudefleet.spec;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One agent: a container that works on a prompt and ends, or waits for {@code docker exec}.
 *
 * @param name unique in the fleet
 * @param prompt what to do, or empty for an agent that stays up
 * @param workspace where it works
 * @param environment the container's environment, fleet-wide variables included
 * @param claude how the CLI is called
 * @param limits what it may take of the machine
 */
public record AgentSpec(
        AgentName name,
        Optional<Prompt> prompt,
        Workspace workspace,
        SortedMap<String, String> environment,
        ClaudeOptions claude,
        ResourceLimits limits) {

    /** The same under another name, as replicas are. */
    public AgentSpec withName(AgentName other) {
        return new AgentSpec(other, prompt, workspace, environment, claude, limits);
    }

    /**
     * How the Claude Code CLI is called, in its own words.
     *
     * @param model {@code --model}
     * @param maxTurns {@code --max-turns}
     * @param permissionMode {@code --permission-mode}
     * @param arguments further arguments, as they are
     */
    public record ClaudeOptions(
            Optional<String> model, Optional<Integer> maxTurns, String permissionMode, List<String> arguments) {

        /** Permission checks are skipped: the container is the fence. */
        public static final ClaudeOptions DEFAULT =
                new ClaudeOptions(Optional.empty(), Optional.empty(), "bypassPermissions", List.of());

        public ClaudeOptions {
            arguments = List.copyOf(arguments);
        }
    }
}
