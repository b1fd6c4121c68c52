package io.github.claudefleet.claude;

import java.time.Instant;

/**
 * A tool that an agent used.
 *
 * @param at when
 * @param tool the CLI's name of it, such as {@code Edit}
 * @param target what it was used on, such as a file or a command, short and on one line; may be empty
 * @param failed whether its answer was an error
 */
public record ToolUse(Instant at, String tool, String target, boolean failed) {}
