package io.github.claudefleet.claude;

import java.time.Instant;

/**
 * Use of a tool by an agent.
 *
 * @param at time of the use
 * @param tool name of the tool in the CLI, such as {@code Edit}
 * @param target object of the use, such as a file or a command, short and on one line; may be empty
 * @param failed true if the tool returned an error
 */
public record ToolUse(Instant at, String tool, String target, boolean failed) {}
