package io.github.claudefleet.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Options of a Claude Code CLI call for one prompt, under the CLI's own names.
 *
 * @param permissionMode value of {@code --permission-mode}
 * @param arguments all other arguments, as the CLI takes them
 * @param mcpServers JSON for {@code --mcp-config}, or empty for no MCP servers
 * @param repositorySettings true to use the repository's settings, hooks and MCP servers
 * @param context context in addition to the prompt
 */
public record ClaudeOptions(
        String permissionMode,
        List<String> arguments,
        Optional<String> mcpServers,
        boolean repositorySettings,
        ClaudeContext context) {

    /**
     * Default options. Permission checks are skipped, because the container is the boundary. The repository's settings,
     * hooks and MCP servers are not used.
     */
    public static final ClaudeOptions DEFAULT =
            new ClaudeOptions("bypassPermissions", List.of(), Optional.empty(), false, ClaudeContext.DEFAULT);

    public ClaudeOptions {
        arguments = List.copyOf(arguments);
    }

    /** Returns a copy with a limit on the cost of an attempt. */
    public ClaudeOptions withBudget(Usd most) {
        return new ClaudeOptions(
                permissionMode,
                Stream.concat(arguments.stream(), budget(most).stream()).toList(),
                mcpServers,
                repositorySettings,
                context);
    }

    /** Returns the CLI's arguments for a limit on the cost of an attempt. */
    public static List<String> budget(Usd most) {
        return List.of("--max-budget-usd", most.amount().toPlainString());
    }
}
