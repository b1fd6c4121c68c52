package io.github.claudefleet.fleet;

import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.ResourceDemand;
import io.github.claudefleet.spec.FleetSpec;

/**
 * The plans for a fleet, none of which is done.
 *
 * @param observed what is there already
 * @param image what makes the image
 * @param auth what brings the login, once the image is there
 * @param agents what brings the agents, once the login is there
 */
record FleetPlan(FleetSpec spec, ObservedFleet observed, Plan image, Plan auth, Plan agents) {

    Plan toLogIn() {
        return image.then(auth);
    }

    Plan all() {
        return toLogIn().then(agents);
    }

    /** What a plan asks of the engine's machine. */
    ResourceDemand demandOf(Plan plan) {
        return ResourceDemand.of(plan, spec, observed);
    }
}
