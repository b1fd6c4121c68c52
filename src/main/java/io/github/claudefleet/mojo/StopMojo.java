package io.github.claudefleet.mojo;

import io.github.claudefleet.config.FleetConfiguration;
import io.github.claudefleet.fleet.Fleet;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.Lifetime;
import java.io.File;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Stops and removes what the project's fleet has on the engine, found by its labels, whatever the pom says by now, and what builds have
 * left behind that were killed. What belongs to other projects, or to a build that is under way elsewhere, is not touched. The login stays.
 */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public class StopMojo extends AbstractFleetMojo {

    /** Prints what would be done, and does nothing. */
    @Parameter(property = "claude-fleet.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * Stops all fleets of that name: those of other projects too, and those of builds that are under way or can't be told over, such as
     * one on another machine.
     */
    @Parameter(property = "claude-fleet.allProjects", defaultValue = "false")
    private boolean allProjects;

    /** How long one container may take to end before it is killed, such as {@code 10s}, which is the default. */
    @Parameter(property = "claude-fleet.stopTimeout")
    private String stopTimeout;

    /**
     * Where what agents changed in workspaces of their own is written, as far as {@code await} has not done so before.
     */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    @Override
    void run() throws InterruptedException, MojoExecutionException {
        FleetTimeouts timeouts =
                new FleetConfiguration().stopTimeout(stopTimeout).toTimeouts();
        List<FleetName> names = fleetNames();
        withFleet(fleet -> {
            for (FleetName name : names) {
                stop(fleet, name, timeouts);
            }
        });
    }

    private void stop(Fleet fleet, FleetName name, FleetTimeouts timeouts) throws InterruptedException {
        FleetSelector selector = new FleetSelector(fleetId(name, Lifetime.DETACHED), !hasPom(), allProjects);
        if (dryRun) {
            fleet.planStop(selector);
        } else {
            fleet.stop(selector, timeouts, results(resultsDirectory, name));
            hasEnded(fleetId(name, Lifetime.BUILD));
        }
    }
}
