package io.github.claudefleet.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the Claude Code CLI is called for a prompt, in its own words.
 *
 * @param permissionMode {@code --permission-mode}
 * @param arguments all others, as the CLI takes them
 * @param mcpServers JSON for {@code --mcp-config}, or empty for no MCP servers
 * @param repositorySettings whether the settings, hooks and MCP servers that the repository brings along are used
 * @param context what it is given beside its prompt
 */
public record ClaudeOptions(
        String permissionMode,
        List<String> arguments,
        Optional<String> mcpServers,
        boolean repositorySettings,
        ClaudeContext context) {

    /** Permission checks are skipped: the container is the fence. What a repository brings along is not run. */
    public static final ClaudeOptions DEFAULT =
            new ClaudeOptions("bypassPermissions", List.of(), Optional.empty(), false, ClaudeContext.DEFAULT);

    public ClaudeOptions {
        arguments = List.copyOf(arguments);
    }

    /** The same with a limit of what a run may cost. */
    public ClaudeOptions withBudget(Usd most) {
        return new ClaudeOptions(
                permissionMode,
                Stream.concat(arguments.stream(), budget(most).stream()).toList(),
                mcpServers,
                repositorySettings,
                context);
    }

    /** The CLI's arguments for a limit of what a run may cost. */
    public static List<String> budget(Usd most) {
        return List.of("--max-budget-usd", most.amount().toPlainString());
    }
}
