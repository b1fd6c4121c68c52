package io.github.claudefleet.config;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import java.util.Set;
import java.util.SortedMap;

/** Rejects variables that a container's environment must not have. */
final class EnvironmentRules {

    private static final Set<String> OURS = Set.of(
            "HOME",
            ClaudeEnvironment.CONFIG_DIRECTORY,
            ClaudeEnvironment.LOGIN_DIRECTORY,
            ClaudeEnvironment.PROFILE_DIRECTORY);

    /** Prefix of the variables that the containers' own scripts read. */
    private static final String OUR_PREFIX = "CLAUDE_FLEET_";

    private EnvironmentRules() {}

    static SortedMap<String, String> check(SortedMap<String, String> environment, LoginMode mode) {
        environment.forEach((name, value) -> check(name, value, mode));
        return environment;
    }

    /** Returns true for a variable that the fleet sets itself. */
    static boolean isOurs(String name) {
        return OURS.contains(name) || name.startsWith(OUR_PREFIX);
    }

    private static void check(String name, String value, LoginMode mode) {
        if (ClaudeEnvironment.CREDENTIALS.contains(name)) {
            throw new InvalidSpecException(
                    "environment",
                    "has " + name + ", which would outrank the fleet's login and show in docker inspect",
                    "Use auth.mode token, apiKey or federation, which hand the credential over as a file in memory.");
        }
        if (ClaudeEnvironment.outranking(mode).contains(name) && ClaudeEnvironment.isSet(value == null ? "" : value)) {
            throw new InvalidSpecException(
                    "environment",
                    "has " + name + ", which would outrank the login of auth.mode " + mode.value(),
                    "Set auth.mode to provider, or leave the variable out.");
        }
        if (isOurs(name)) {
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
