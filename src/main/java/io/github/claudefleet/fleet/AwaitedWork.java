package io.github.claudefleet.fleet;

import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Labels;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses tasks without agents, and agents whose work nobody would await: it would have no results. */
final class AwaitedWork {

    private AwaitedWork() {}

    /** @throws InvalidSpecException if there are tasks and no agents, or an agent has work that the spec does not have */
    static void check(FleetSpec spec, ObservedFleet observed) {
        if (observed.agents().isEmpty() && !spec.work().isNone()) {
            throw new InvalidSpecException(
                    "fleet",
                    "\"" + spec.name() + "\" has no agents on this engine to await",
                    "Run claude-fleet:start first, or claude-fleet:run, which does all in one.");
        }
        Set<String> known = spec.work().queues().stream()
                .flatMap(queue -> queue.agents().stream())
                .map(AgentName::value)
                .collect(Collectors.toSet());
        observed.agents().stream()
                .filter(agent -> agent.label(Labels.PROMPT).isPresent())
                .map(agent -> agent.label(Labels.AGENT).orElse(agent.name()))
                .filter(agent -> !known.contains(agent))
                .findFirst()
                .ifPresent(agent -> {
                    throw new InvalidSpecException(
                            "agents",
                            "of this execution have no work for " + agent + ", which fleet " + spec.name()
                                    + " has at work",
                            "Await it with the configuration that it was started with, such as"
                                    + " claude-fleet:await@EXECUTION, or run claude-fleet:start again,"
                                    + " which removes what the pom no longer has.");
                });
    }
}
