package io.github.claudefleet.fleet;

import io.github.claudefleet.plan.ObservedFleet;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.ResourceDemand;
import io.github.claudefleet.spec.FleetSpec;

/**
 * Plans for a fleet, none of them applied yet.
 *
 * @param observed existing resources of the fleet
 * @param image plan to build or pull the image
 * @param auth plan for the login, once the image exists
 * @param agents plan for the agents, once the login is proved
 */
record FleetPlan(FleetSpec spec, ObservedFleet observed, Plan image, Plan auth, Plan agents) {

    Plan toLogIn() {
        return image.then(auth);
    }

    Plan all() {
        return toLogIn().then(agents);
    }

    /** Returns the resources that a plan needs on the engine's machine. */
    ResourceDemand demandOf(Plan plan) {
        return ResourceDemand.of(plan, spec, observed);
    }
}
