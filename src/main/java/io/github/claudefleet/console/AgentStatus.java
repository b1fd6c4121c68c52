package io.github.claudefleet.console;

import io.github.claudefleet.plan.AgentState;
import io.github.claudefleet.spec.KeeperState;
import java.time.Duration;
import java.util.Optional;

/**
 * A row of the fleet's table.
 *
 * @param agent the agent's name, or {@code auth}
 * @param containerId its container
 * @param container its container's name
 * @param state what it is doing; an auth container that is up is ready
 * @param uptime how long it has been up; empty where it isn't
 * @param exitCode how it ended; empty where it has not
 * @param image what it runs
 * @param login how the login reaches it
 * @param keeper what the keeper in it says; empty for agents, and where it says nothing
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

    /** A word for what it is doing: the keeper knows better than the engine. */
    String value() {
        return keeper.map(state -> state.doing().value()).orElse(state.value());
    }
}
