package io.github.claudefleet.config;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.LoginSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Defaults for agents that do not configure a value themselves.
 *
 * @param java true if they build with Maven
 */
record AgentDefaults(
        FleetName fleet,
        ConfigurationContext configurationContext,
        WorkspaceConfiguration workspace,
        Map<String, String> environment,
        LoginSpec login,
        WorkDefaults work,
        ContextDefaults context,
        boolean java) {

    Path baseDirectory() {
        return configurationContext.baseDirectory();
    }

    /** Returns the build's properties, which prompts can use. */
    Function<String, Optional<String>> properties() {
        return configurationContext.properties();
    }
}
