package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.EngineCapability;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.Lifetime;
import java.util.Optional;

/** Claims fleets for a build: decides which fleet the build creates or joins, and with which lifetime. */
record FleetClaims(FleetContext context) {

    /** @param container id of the container that the build runs in; empty if it is in none */
    FleetSpec claim(FleetSpec spec, Optional<String> container) throws InterruptedException {
        FleetSpec claimed = claim(spec);
        return claimed.withId(new BuildContainer(context.engine).mark(claimed.id(), container));
    }

    /** Returns a fleet as the engine can run it. */
    FleetSpec fitted(FleetSpec spec) {
        return context.engine.info().has(EngineCapability.SECOND_STARTS) ? spec : spec.withPromptsSent();
    }

    FleetSpec claim(FleetSpec spec) {
        FleetId claimed = context.registry.toMake(spec.id());
        if (claimed.lifetime() != spec.id().lifetime()) {
            context.listeners.fleet().joinsDetached(claimed.name());
        } else if (claimed.lifetime() == Lifetime.BUILD && context.signIn.isLeftBy(spec)) {
            context.listeners.fleet().outlivesForSignIn(claimed.name());
            claimed = claimed.of(Lifetime.DETACHED);
        }
        return spec.withId(claimed);
    }
}
