package io.github.claudefleet.standin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Script inside a prompt: one or more directives {@code [[Bash: COMMAND]]} and {@code [[Write: PATH | CONTENT]]}, run
 * in their order. A directive ends at the first {@code ]]}, so a command cannot contain that.
 */
final class InlineScript {
    private static final Pattern DIRECTIVE = Pattern.compile("\\[\\[(Bash|Write): (.*?)]]", Pattern.DOTALL);
    private static final Pattern ANY = Pattern.compile("");

    private InlineScript() {}

    /** Returns the script of the prompt; empty if the prompt has no directive. */
    static Optional<Script> in(String prompt) {
        List<Block> turns =
                DIRECTIVE.matcher(prompt).results().map(InlineScript::blockOf).toList();
        return turns.isEmpty() ? Optional.empty() : Optional.of(Script.of(ANY, turns));
    }

    private static Block blockOf(MatchResult directive) {
        return directive.group(1).equals("Bash") ? bash(directive.group(2)) : write(directive.group(2));
    }

    private static Block bash(String command) {
        return new Block.ToolUse("Bash", Map.of("command", command, "description", "Run what the prompt says"));
    }

    private static Block write(String pathAndContent) {
        String[] parts = pathAndContent.split(" *\\| *", 2);
        return new Block.ToolUse(
                "Write", Map.of("file_path", parts[0].strip(), "content", parts.length > 1 ? parts[1] : ""));
    }
}
