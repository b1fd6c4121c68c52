package io.github.claudefleet.claude;

import java.util.List;

/** Commands of the CLI that the plugin runs in containers, apart from an agent's own ({@code run.sh}). */
public final class ClaudeCommands {

    /** Program to run, found on the container's path. */
    public static final String PROGRAM = "claude";

    /** Prints the version, such as {@code 2.1.330 (Claude Code)}; see {@link CliVersion}. */
    public static final List<String> VERSION = List.of(PROGRAM, "--version");

    /** Prints the login's method as JSON, and refreshes a login that is near its end; see {@link CredentialInUse}. */
    public static final List<String> AUTH_STATUS = List.of(PROGRAM, "auth", "status");

    /** Revokes the login at the service and removes it. */
    public static final List<String> AUTH_LOGOUT = List.of(PROGRAM, "auth", "logout");

    /**
     * Sends the smallest request that proves a login, as one turn without tools, hooks or MCP servers; see {@link
     * LoginStatusReader}. The CLI would retry for minutes unless {@link ClaudeEnvironment#MAX_RETRIES} is 0.
     */
    public static final List<String> PROBE = List.of(
            PROGRAM,
            "-p",
            "Say yes",
            "--output-format",
            "stream-json",
            "--verbose",
            "--max-turns",
            "1",
            "--setting-sources",
            "user",
            "--strict-mcp-config");

    /**
     * Words for {@code --effort}. The CLI ignores any other word with a warning and uses its default effort (measured
     * with 2.1.332).
     */
    public static final List<String> EFFORT_LEVELS = List.of("low", "medium", "high", "xhigh", "max");

    /** Option for a file of settings. The CLI uses the last one alone. */
    public static final String SETTINGS_OPTION = "--settings";

    private ClaudeCommands() {}
}
