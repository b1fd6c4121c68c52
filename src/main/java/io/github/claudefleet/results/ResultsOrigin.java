package io.github.claudefleet.results;

import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;

/**
 * Identity of the run that results are of.
 *
 * @param fleet which did the work
 * @param project the directory of the fleet's project
 * @param build that wrote the results
 */
public record ResultsOrigin(FleetName fleet, String project, String build) {

    /** The origin of what a build writes about a fleet. */
    public static ResultsOrigin of(FleetId fleet) {
        return new ResultsOrigin(
                fleet.name(), fleet.project().directory(), fleet.buildIdentity().build());
    }

    /** Whether both are of one fleet, in whichever builds. */
    public boolean isSameFleet(ResultsOrigin other) {
        return fleet.equals(other.fleet) && project.equals(other.project);
    }

    /** Whether both were written by one build. */
    public boolean isSameBuild(ResultsOrigin other) {
        return build.equals(other.build);
    }
}
