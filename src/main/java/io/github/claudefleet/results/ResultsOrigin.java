package io.github.claudefleet.results;

import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;

/**
 * Identity of the run that produced the results.
 *
 * @param fleet fleet that did the work
 * @param project directory of the fleet's project
 * @param build build that wrote the results
 */
public record ResultsOrigin(FleetName fleet, String project, String build) {

    /** Returns the origin of results that a build writes for a fleet. */
    public static ResultsOrigin of(FleetId fleet) {
        return new ResultsOrigin(
                fleet.name(), fleet.project().directory(), fleet.buildIdentity().build());
    }

    /** Returns true if both are of one fleet, in any builds. */
    public boolean isSameFleet(ResultsOrigin other) {
        return fleet.equals(other.fleet) && project.equals(other.project);
    }

    /** Returns true if both were written by one build. */
    public boolean isSameBuild(ResultsOrigin other) {
        return build.equals(other.build);
    }
}
