package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.host.HostFiles;
import io.github.claudefleet.spec.AgentSpec;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.WorkspaceStrategy;

/**
 * Refuses files that are closed to other users, if the engine maps the containers' user to another user than the one
 * who runs Maven.
 */
final class UserMappingCheck {

    private static final String ANOTHER_ENGINE =
            "Use rootless Podman, which keeps your user, or an engine that root runs, with -Dclaude-fleet.engine";

    private UserMappingCheck() {}

    static void check(EngineInfo engine, FleetSpec spec) {
        if (!engine.users().isAnother()) {
            return;
        }
        if (spec.login().mode() == LoginMode.LOGIN) {
            throw refusal(
                    engine,
                    spec,
                    "the login directory " + spec.login().directory(),
                    ANOTHER_ENGINE + ", or a token (auth.mode) instead of a login directory. See docs/engines.md.");
        }
        spec.agents().stream()
                .filter(UserMappingCheck::isClosedToOthers)
                .findFirst()
                .ifPresent(agent -> {
                    throw refusal(
                            engine,
                            spec,
                            "the workspace of agent " + agent.name(),
                            ANOTHER_ENGINE + ", or workspace.strategy bind with a directory that everybody can write"
                                    + " (chmod -R o+rwX). See docs/engines.md.");
                });
    }

    /** Returns true for a closed workspace. The plugin creates agents' own workspaces as the user who runs Maven. */
    private static boolean isClosedToOthers(AgentSpec agent) {
        WorkspaceStrategy strategy = agent.workspace().strategy();
        return strategy.isOwn()
                || strategy == WorkspaceStrategy.BIND
                        && !HostFiles.othersCanWrite(agent.workspace().directory());
    }

    private static InvalidSpecException refusal(EngineInfo engine, FleetSpec spec, String files, String next) {
        return new InvalidSpecException(
                "engine",
                "at " + engine.address() + " is " + engine.users().words() + ": to it, the containers' user "
                        + spec.user() + " is another user than you, to whom " + files + " is closed",
                next);
    }
}
