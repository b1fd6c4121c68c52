package io.github.claudefleet.mojo;

import io.github.claudefleet.config.FleetConfiguration;
import io.github.claudefleet.fleet.FleetSelector;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.FleetTimeouts;
import io.github.claudefleet.spec.Lifetime;
import java.io.File;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Stops and removes the resources of the project's fleet on the engine, and those that killed builds left behind. They
 * are found by their labels, even if the pom has changed since. Resources of other projects, and of builds that run
 * elsewhere, stay. The login stays, too.
 */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public class StopMojo extends AbstractFleetMojo {

    /** Prints the plan and changes nothing. */
    @Parameter(property = "claude-fleet.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * Stops all fleets of that name: also those of other projects, of running builds, and of builds that can't be
     * proved to have ended, such as one on another machine.
     */
    @Parameter(property = "claude-fleet.allProjects", defaultValue = "false")
    private boolean allProjects;

    /** Maximum time for a container to exit before it is killed, such as {@code 30s}. The default is {@code 10s}. */
    @Parameter(property = "claude-fleet.stopTimeout")
    private String stopTimeout;

    /** Directory for the agents' changes in their own workspaces, if {@code await} has not written them before. */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    @Override
    void run() throws InterruptedException {
        FleetTimeouts timeouts =
                new FleetConfiguration().stopTimeout(stopTimeout).toTimeouts();
        List<FleetName> names = fleets().fleetNames();
        try (GoalSession session = openSession()) {
            for (FleetName name : names) {
                stop(session, name, timeouts);
            }
        }
    }

    private void stop(GoalSession session, FleetName name, FleetTimeouts timeouts) throws InterruptedException {
        FleetSelector selector = fleets().selector(name, allProjects);
        if (dryRun) {
            session.fleet().planStop(selector);
        } else {
            session.fleet().stop(selector, timeouts, fleets().results(resultsDirectory, name));
            session.hasEnded(fleets().id(name, Lifetime.BUILD));
        }
    }
}
