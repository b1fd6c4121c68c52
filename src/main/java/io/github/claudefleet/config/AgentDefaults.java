package io.github.claudefleet.config;

import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.LoginSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Defaults for agents that do not configure a value themselves.
 *
 * @param maven side of the Maven that runs this build
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
        EgressConfiguration egress,
        JavaConfiguration.MavenSide maven,
        boolean java) {

    Path baseDirectory() {
        return configurationContext.baseDirectory();
    }

    /**
     * Returns the hosts that an agent may reach.
     *
     * @param own configuration of the agent; null for none
     */
    EgressSpec egress(EgressConfiguration own) {
        return (own == null ? new EgressConfiguration() : own).over(egress).toSpec(maven::repositories);
    }

    /** Returns the build's properties, which prompts can use. */
    Function<String, Optional<String>> properties() {
        return configurationContext.properties();
    }
}
