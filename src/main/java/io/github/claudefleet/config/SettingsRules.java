package io.github.claudefleet.config;

import io.github.claudefleet.claude.ClaudeCommands;
import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.claude.ClaudeSettings;
import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import java.util.List;

/**
 * Rejects settings for an agent's CLI that the CLI would not read, that contain a credential, or that replace the
 * fleet's login. Settings are a file in the kit, which is on the engine's disk.
 */
final class SettingsRules {

    private static final String PARAMETER = "agent.settings";

    private SettingsRules() {}

    /** Returns the text if it is acceptable. */
    static String check(String text, LoginMode mode) {
        ClaudeSettings settings = parse(text);
        List<String> login = settings.loginEntries(mode);
        if (!login.isEmpty()) {
            throw refused(
                    "has " + String.join(", ", login) + ", but the login of auth.mode " + mode.value() + " decides",
                    "Take it out of there, and choose the login by <auth>.");
        }
        settings.environment().forEach((name, value) -> checkVariable(name, value, mode));
        if (CredentialRedactor.finds(text)) {
            throw refused(
                    "contains something that looks like a credential, and the file with it is on the engine's disk",
                    "Take it out of there; mounts can provide a file with it.");
        }
        return text;
    }

    /** Rejects a second source of settings, because the CLI uses the last one alone. */
    static void checkOnlySource(List<String> arguments) {
        if (arguments.stream()
                .anyMatch(argument -> argument.equals(ClaudeCommands.SETTINGS_OPTION)
                        || argument.startsWith(ClaudeCommands.SETTINGS_OPTION + "="))) {
            throw refused(
                    "is set beside " + ClaudeCommands.SETTINGS_OPTION
                            + " in agent.claudeArguments, and the CLI uses the last one alone",
                    "Put all settings into agent.settings.");
        }
    }

    private static ClaudeSettings parse(String text) {
        try {
            return ClaudeSettings.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(
                    e.getMessage() + ", so the CLI would work without all of these settings",
                    "Write an object such as {\"permissions\": {\"deny\": [\"WebFetch\"]}}, without comments.");
        }
    }

    private static void checkVariable(String name, String value, LoginMode mode) {
        if (ClaudeEnvironment.CREDENTIALS.contains(name) || ClaudeEnvironment.PROVIDER_SECRETS.contains(name)) {
            throw refused(
                    "has " + name + " in env, a credential, and the file with it is on the engine's disk",
                    "Take it out of there, and choose the login by <auth>.");
        }
        if (ClaudeEnvironment.outranking(mode).contains(name) && ClaudeEnvironment.isSet(value)) {
            throw refused(
                    "has " + name + " in env, which would outrank the login of auth.mode " + mode.value(),
                    "Set auth.mode to provider, or leave the variable out.");
        }
        if (EnvironmentRules.isOurs(name)) {
            throw refused("has " + name + " in env, which the fleet sets itself", "Leave it out; see sharing.");
        }
    }

    private static InvalidSpecException refused(String problem, String suggestion) {
        return new InvalidSpecException(PARAMETER, problem, suggestion);
    }
}
