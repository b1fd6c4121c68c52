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
 * @param settings JSON for {@code --settings}, or empty for no settings in addition to the user's
 * @param repositorySettings true to use the repository's settings, hooks and MCP servers
 * @param context context in addition to the prompt
 */
public record ClaudeOptions(
        String permissionMode,
        List<String> arguments,
        Optional<String> mcpServers,
        Optional<String> settings,
        boolean repositorySettings,
        ClaudeContext context) {

    private static final String JSON_SCHEMA = "--json-schema";

    /**
     * Default options. Permission checks are skipped, because the container is the boundary. The repository's settings,
     * hooks and MCP servers are not used.
     */
    public static final ClaudeOptions DEFAULT = new ClaudeOptions(
            "bypassPermissions", List.of(), Optional.empty(), Optional.empty(), false, ClaudeContext.DEFAULT);

    public ClaudeOptions {
        arguments = List.copyOf(arguments);
    }

    /** Returns a copy with a limit on the cost of an attempt. */
    public ClaudeOptions withBudget(Usd most) {
        return with(budget(most));
    }

    /** Returns the form of the answer, if it has one: JSON, as the CLI takes it. */
    public Optional<String> jsonSchema() {
        int last = arguments.lastIndexOf(JSON_SCHEMA);
        return last >= 0 && last + 1 < arguments.size()
                ? Optional.of(arguments.get(last + 1))
                : arguments.stream()
                        .filter(argument -> argument.startsWith(JSON_SCHEMA + "="))
                        .map(argument -> argument.substring(JSON_SCHEMA.length() + 1))
                        .findFirst();
    }

    /** Returns a copy with a form of the answer. */
    public ClaudeOptions withJsonSchema(String schema) {
        return with(List.of(JSON_SCHEMA, schema));
    }

    private ClaudeOptions with(List<String> more) {
        return new ClaudeOptions(
                permissionMode,
                Stream.concat(arguments.stream(), more.stream()).toList(),
                mcpServers,
                settings,
                repositorySettings,
                context);
    }

    /** Returns the CLI's arguments for a limit on the cost of an attempt. */
    public static List<String> budget(Usd most) {
        return List.of("--max-budget-usd", most.amount().toPlainString());
    }
}
