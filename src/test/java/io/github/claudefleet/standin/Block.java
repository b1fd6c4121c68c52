package io.github.claudefleet.standin;

import java.util.Map;

/** One thing that the made-up model says in a turn. */
sealed interface Block {
    /** Words. */
    record Text(String text) implements Block {}

    /**
     * A tool that the CLI is to run.
     *
     * @param name such as {@code Bash}
     * @param input the tool's parameters in its own terms
     */
    record ToolUse(String name, Map<String, Object> input) implements Block {}
}
