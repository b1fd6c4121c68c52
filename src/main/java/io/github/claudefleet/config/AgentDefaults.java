package io.github.claudefleet.config;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.LoginSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What agents have in common unless they say otherwise.
 *
 * @param java whether they build with Maven
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

    /** The build's, for prompts. */
    Function<String, Optional<String>> properties() {
        return configurationContext.properties();
    }
}
