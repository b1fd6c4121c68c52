package io.github.claudefleet.fleet;

import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.KeeperState;
import java.time.Duration;
import java.util.Optional;

/**
 * Row of the fleet's status table.
 *
 * @param agent name of the agent, or {@code auth}
 * @param containerId id of its container
 * @param container name of its container
 * @param state current state; a running auth container is ready
 * @param uptime time since it started; empty if it is not running
 * @param exitCode exit code; empty if it has not ended
 * @param image image that it runs
 * @param login way in which it gets the login
 * @param keeper state that its keeper reports; empty for agents, and if the keeper reports nothing
 */
public record AgentStatus(
        String agent,
        String containerId,
        String container,
        AgentState state,
        Optional<Duration> uptime,
        Optional<Integer> exitCode,
        String image,
        String login,
        Optional<KeeperState> keeper) {

    /** Returns the state as text; the keeper's own report takes precedence over the engine's. */
    public String value() {
        return keeper.map(state -> state.doing().value()).orElse(state.value());
    }
}
