package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.EngineInfo;
import io.github.claudefleet.plan.CapabilityCheck;
import io.github.claudefleet.plan.Plan;
import io.github.claudefleet.plan.Planner;
import io.github.claudefleet.plan.ResolvedFleet;
import io.github.claudefleet.plan.ResourceDemand;

/**
 * Plans for a fleet, none of them applied yet.
 *
 * @param image plan to build or pull the image
 * @param auth plan for the login, once the image exists
 * @param agents plan for the agents, once the login is proved
 */
record FleetPlan(ResolvedFleet fleet, Plan image, Plan auth, Plan agents) {

    static FleetPlan of(ResolvedFleet fleet, ImageProvider images, Planner planner) {
        return new FleetPlan(fleet, images.plan(fleet), planner.auth(fleet), planner.agents(fleet));
    }

    Plan toLogIn() {
        return image.then(auth);
    }

    Plan all() {
        return toLogIn().then(agents);
    }

    /**
     * Checks that the engine has all capabilities that a plan needs.
     *
     * @throws io.github.claudefleet.spec.InvalidSpecException if it lacks one
     */
    void checkCapabilities(Plan plan, EngineInfo engine) {
        CapabilityCheck.check(plan, fleet.spec(), engine);
    }

    /** Returns the resources that a plan needs on the engine's machine. */
    ResourceDemand demandOf(Plan plan) {
        return ResourceDemand.of(plan, fleet.spec(), fleet.observed());
    }
}
