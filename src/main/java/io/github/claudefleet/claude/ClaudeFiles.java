package io.github.claudefleet.claude;

import io.github.claudefleet.spec.ClaudeContext;
import java.util.List;

/** Names of the CLI's own files and directories (measured with 2.1.330; all but the credentials are documented). */
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

    /** Instructions for the model, in a repository or in the configuration directory. */
    public static final String INSTRUCTIONS = ClaudeContext.CLAUDE_MD;

    /** Directory of the skills, in the configuration directory; each skill is a directory in it. */
    public static final String SKILLS = "skills";

    /** File that makes a directory a skill. */
    public static final String SKILL = "SKILL.md";

    /** Entries of the configuration directory that are context for the model and hold neither login nor settings. */
    public static final List<String> CONTEXT =
            List.of(INSTRUCTIONS, "rules", SKILLS, "commands", "agents", "output-styles");

    /** Entries of the configuration directory in which the CLI records its sessions. */
    public static final List<String> HISTORY = List.of("projects", "history.jsonl", STATE, "sessions");

    private ClaudeFiles() {}
}
