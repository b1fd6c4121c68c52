package io.github.claudefleet.config;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.LoginMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What agents have in common unless they say otherwise. */
record AgentDefaults(
        FleetName fleet,
        Surroundings surroundings,
        WorkspaceConfiguration workspace,
        Map<String, String> environment,
        LoginMode mode,
        WorkDefaults work) {

    Path baseDirectory() {
        return surroundings.baseDirectory();
    }

    /** The build's, for prompts. */
    Function<String, Optional<String>> properties() {
        return surroundings.properties();
    }
}
