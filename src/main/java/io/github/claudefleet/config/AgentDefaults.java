package io.github.claudefleet.config;

import io.github.claudefleet.spec.LoginMode;
import java.nio.file.Path;
import java.util.Map;

/** What agents have in common unless they say otherwise. */
record AgentDefaults(
        Path baseDirectory, WorkspaceConfiguration workspace, Map<String, String> environment, LoginMode mode) {}
