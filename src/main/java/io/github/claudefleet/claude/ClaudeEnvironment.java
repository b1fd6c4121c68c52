package io.github.claudefleet.claude;

import io.github.claudefleet.spec.LoginMode;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Environment variables that the CLI reads (measured with 2.1.330). */
public final class ClaudeEnvironment {

    /** Directory of the CLI's settings and state. */
    public static final String CONFIG_DIRECTORY = "CLAUDE_CONFIG_DIR";

    /** Directory of the login alone; not documented, so {@code selftest.sh} asks each CLI whether it honours it. */
    public static final String LOGIN_DIRECTORY = "CLAUDE_SECURESTORAGE_CONFIG_DIR";

    /** Number of retries of a failed request. */
    public static final String MAX_RETRIES = "CLAUDE_CODE_MAX_RETRIES";

    /** Turns off telemetry, error reports and the check for updates where it is 1. */
    public static final String NO_NONESSENTIAL_TRAFFIC = "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC";

    /** Keeps the CLI at its version where it is 1. */
    public static final String NO_AUTOUPDATER = "DISABLE_AUTOUPDATER";

    /** File of certificates to trust beside those of Node.js. */
    public static final String EXTRA_CA_CERTIFICATES = "NODE_EXTRA_CA_CERTS";

    /** Address of the API, in place of Anthropic's own. */
    public static final String BASE_URL = "ANTHROPIC_BASE_URL";

    public static final String USE_BEDROCK = "CLAUDE_CODE_USE_BEDROCK";
    public static final String BEDROCK_BASE_URL = "ANTHROPIC_BEDROCK_BASE_URL";
    public static final String USE_VERTEX = "CLAUDE_CODE_USE_VERTEX";
    public static final String VERTEX_BASE_URL = "ANTHROPIC_VERTEX_BASE_URL";
    public static final String USE_FOUNDRY = "CLAUDE_CODE_USE_FOUNDRY";
    public static final String FOUNDRY_BASE_URL = "ANTHROPIC_FOUNDRY_BASE_URL";
    public static final String FOUNDRY_RESOURCE = "ANTHROPIC_FOUNDRY_RESOURCE";

    /** Directory of the profiles that name an origin of an access token, such as workload identity federation. */
    public static final String PROFILE_DIRECTORY = "ANTHROPIC_CONFIG_DIR";

    /** Name of the profile to use. */
    public static final String PROFILE = "ANTHROPIC_PROFILE";

    public static final String FEDERATION_RULE = "ANTHROPIC_FEDERATION_RULE_ID";
    public static final String ORGANIZATION = "ANTHROPIC_ORGANIZATION_ID";
    public static final String SERVICE_ACCOUNT = "ANTHROPIC_SERVICE_ACCOUNT_ID";
    public static final String WORKSPACE = "ANTHROPIC_WORKSPACE_ID";
    public static final String IDENTITY_TOKEN = "ANTHROPIC_IDENTITY_TOKEN";
    public static final String IDENTITY_TOKEN_FILE = "ANTHROPIC_IDENTITY_TOKEN_FILE";

    /** Variables that hold a credential, or name the file that holds it; each outranks a login. */
    public static final Set<String> CREDENTIALS = Set.of(
            "ANTHROPIC_API_KEY",
            "ANTHROPIC_AUTH_TOKEN",
            "CLAUDE_CODE_OAUTH_TOKEN",
            "CLAUDE_CODE_OAUTH_REFRESH_TOKEN",
            "CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR",
            "CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR",
            PROFILE,
            FEDERATION_RULE,
            IDENTITY_TOKEN,
            IDENTITY_TOKEN_FILE);

    /** Token with which a job on GitHub gets identity tokens, which are worth as much as a credential. */
    public static final String JOB_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

    /** Variables that make the CLI call another service than Anthropic's own, with credentials of that service. */
    public static final Set<String> PROVIDERS = Set.of(
            USE_BEDROCK,
            USE_VERTEX,
            USE_FOUNDRY,
            "CLAUDE_CODE_USE_MANTLE",
            "CLAUDE_CODE_USE_ANTHROPIC_AWS",
            "CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD");

    /** Variables that hold a secret of another service than Anthropic's own. */
    public static final Set<String> PROVIDER_SECRETS = Set.of(
            "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK", "ANTHROPIC_FOUNDRY_API_KEY");

    private static final Set<String> OFF = Set.of("", "0", "false", "no", "off");

    private ClaudeEnvironment() {}

    /** Returns the variables that make the CLI use another credential than the one of the mode. */
    public static SortedSet<String> outranking(LoginMode mode) {
        SortedSet<String> names = new TreeSet<>(CREDENTIALS);
        if (mode != LoginMode.PROVIDER) {
            names.addAll(PROVIDERS);
        }
        return names;
    }

    /** Checks whether a variable holds a credential of the CLI, or gets one. */
    public static boolean isCredential(String name) {
        return CREDENTIALS.contains(name) || name.equals(JOB_TOKEN);
    }

    /** Returns true if the CLI takes a variable of that value for set. */
    public static boolean isSet(String value) {
        return !OFF.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
