package io.github.claudefleet.spec;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Environment variables that give the CLI a credential or make it use another service (measured with 2.1.330). */
public final class CredentialVariables {

    /** Variables that each hold, or lead to, a credential with precedence over a login. */
    public static final Set<String> CREDENTIALS = Set.of(
            "ANTHROPIC_API_KEY",
            "ANTHROPIC_AUTH_TOKEN",
            "CLAUDE_CODE_OAUTH_TOKEN",
            "CLAUDE_CODE_OAUTH_REFRESH_TOKEN",
            "CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR",
            "CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR");

    /** Variables that each make the CLI use another service than Anthropic's own, with credentials of that service. */
    public static final Set<String> PROVIDERS = Set.of(
            "CLAUDE_CODE_USE_BEDROCK",
            "CLAUDE_CODE_USE_VERTEX",
            "CLAUDE_CODE_USE_FOUNDRY",
            "CLAUDE_CODE_USE_MANTLE",
            "CLAUDE_CODE_USE_ANTHROPIC_AWS",
            "CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD");

    private static final Set<String> OFF = Set.of("", "0", "false", "no", "off");

    private CredentialVariables() {}

    /** Returns the variables that would make the CLI use something other than the mode's own credential. */
    public static SortedSet<String> outranking(LoginMode mode) {
        SortedSet<String> names = new TreeSet<>(CREDENTIALS);
        if (mode != LoginMode.PROVIDER) {
            names.addAll(PROVIDERS);
        }
        return names;
    }

    /** Checks whether the CLI treats a variable with this value as set. */
    public static boolean isSet(String value) {
        return !OFF.contains(value.strip().toLowerCase(java.util.Locale.ROOT));
    }
}
