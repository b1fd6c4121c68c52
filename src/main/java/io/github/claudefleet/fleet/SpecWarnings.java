package io.github.claudefleet.fleet;

import io.github.claudefleet.spec.EgressMode;
import io.github.claudefleet.spec.EgressRule;
import io.github.claudefleet.spec.FleetSpec;
import java.util.HashSet;
import java.util.Set;

/** Warns of what a spec can do, but perhaps not as intended: slash commands as prompts, and a fence that is none. */
record SpecWarnings(PreconditionListener listener) {

    void tell(FleetSpec spec) {
        new SlashPrompts(listener).tell(spec);
        tellBroadRules(spec);
    }

    private void tellBroadRules(FleetSpec spec) {
        Set<EgressRule> told = new HashSet<>();
        spec.agents().stream()
                .filter(agent -> agent.egress().mode() == EgressMode.ALLOW)
                .forEach(agent -> agent.egress().allow().stream()
                        .filter(EgressRule::isBroad)
                        .filter(told::add)
                        .forEach(rule -> listener.broadRule(agent.name(), rule)));
    }
}
