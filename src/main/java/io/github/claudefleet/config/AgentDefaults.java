package io.github.claudefleet.config;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.LoginMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What agents have in common unless they say otherwise.
 *
 * @param properties the build's, for prompts
 */
record AgentDefaults(
        FleetName fleet,
        Path baseDirectory,
        WorkspaceConfiguration workspace,
        Map<String, String> environment,
        LoginMode mode,
        WorkDefaults work,
        Function<String, Optional<String>> properties) {}
