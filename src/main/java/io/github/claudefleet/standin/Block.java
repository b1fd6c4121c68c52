package io.github.claudefleet.standin;

import java.util.Map;

/** Content block of one turn of the simulated model. */
sealed interface Block {
    /** Text block. */
    record Text(String text) implements Block {}

    /**
     * Request that the CLI runs a tool.
     *
     * @param name such as {@code Bash}
     * @param input parameters of the tool, under the tool's own names
     */
    record ToolUse(String name, Map<String, Object> input) implements Block {}
}
