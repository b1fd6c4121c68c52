package io.github.claudefleet.mojo;

import io.github.claudefleet.config.FleetConfiguration;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Pace;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Stops and removes what the fleet has on the engine, found by its label, whatever the pom says by now. The login stays.
 */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public class StopMojo extends AbstractFleetMojo {

    /** Prints what would be done, and does nothing. */
    @Parameter(property = "claude-fleet.dryRun", defaultValue = "false")
    private boolean dryRun;

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
        FleetName fleetName = fleetName();
        Pace pace = new FleetConfiguration().stopTimeout(stopTimeout).toPace();
        // Maven knows no target where there is no pom.
        Path results = hasPom()
                ? resultsDirectory.toPath().toAbsolutePath()
                : baseDirectory().resolve("target/claude-fleet");
        withFleet(fleet -> {
            if (dryRun) {
                fleet.planStop(fleetName);
            } else {
                fleet.stop(fleetName, pace, results);
            }
        });
    }
}
