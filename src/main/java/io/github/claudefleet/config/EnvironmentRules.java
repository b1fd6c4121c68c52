package io.github.claudefleet.config;

import io.github.claudefleet.spec.InvalidSpecException;
import java.util.Set;
import java.util.SortedMap;

/** Keeps out of a container's environment what has no place there. */
final class EnvironmentRules {

    /** Each outranks the fleet's login, and {@code docker inspect} shows them to anybody who can ask the engine. */
    private static final Set<String> CREDENTIALS = Set.of(
            "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_OAUTH_REFRESH_TOKEN");

    private static final Set<String> OURS = Set.of("HOME", "CLAUDE_CONFIG_DIR", "CLAUDE_SECURESTORAGE_CONFIG_DIR");

    /** What the containers' own scripts read. */
    private static final String OUR_PREFIX = "CLAUDE_FLEET_";

    private EnvironmentRules() {}

    static SortedMap<String, String> check(SortedMap<String, String> environment) {
        environment.forEach(EnvironmentRules::check);
        return environment;
    }

    private static void check(String name, String value) {
        if (CREDENTIALS.contains(name)) {
            throw new InvalidSpecException(
                    "environment",
                    "has " + name + ", which would outrank the fleet's login and show in docker inspect",
                    "Use auth.mode token or apiKey, which hand the credential over as a file in memory.");
        }
        if (OURS.contains(name) || name.startsWith(OUR_PREFIX)) {
            throw new InvalidSpecException(
                    "environment", "has " + name + ", which the fleet sets itself", "Leave it out; see sharing.");
        }
        if (name.isBlank() || name.contains("=") || value == null) {
            throw new InvalidSpecException(
                    "environment",
                    "has \"" + name + "\" without a " + (value == null ? "value" : "valid name"),
                    "Write <NAME>value</NAME>.");
        }
    }
}
