package io.github.claudefleet.claude;

import java.util.List;

/** Names of the CLI's own files and directories (measured with 2.1.330; docs.claude.com documents all but the credentials). */
public final class ClaudeFiles {

    /** Directory below the home directory that the CLI keeps its state in where {@code CLAUDE_CONFIG_DIR} is not set. */
    public static final String CONFIG_DIRECTORY = ".claude";

    /** Login, in the directory that {@code CLAUDE_SECURESTORAGE_CONFIG_DIR} names. */
    public static final String CREDENTIALS = ".credentials.json";

    /** State of the CLI's user interface, beside or in the configuration directory. */
    public static final String STATE = ".claude.json";

    /** A user's settings, in the configuration directory. */
    public static final String SETTINGS = "settings.json";

    /** Settings of one machine's user, in the configuration directory. */
    public static final String LOCAL_SETTINGS = "settings.local.json";

    /** Settings that an administrator has put on a machine or into an image; they outrank all others. */
    public static final List<String> MANAGED_SETTINGS =
            List.of("/etc/claude-code/managed-settings.json", "/etc/claude-code/managed-settings.d/*.json");

    /** Instructions for the model, in a repository or in the configuration directory. */
    public static final String INSTRUCTIONS = "CLAUDE.md";

    /** Entries of the configuration directory that are context for the model and hold neither login nor settings. */
    public static final List<String> CONTEXT =
            List.of(INSTRUCTIONS, "rules", "skills", "commands", "agents", "output-styles");

    /** Entries of the configuration directory in which the CLI records its sessions. */
    public static final List<String> HISTORY = List.of("projects", "history.jsonl", STATE, "sessions");

    private ClaudeFiles() {}
}
