package io.github.claudefleet.mojo;

import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.workspace.FleetChanges;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Removes workspaces that agents had for themselves, and their branches as far as they are merged into what is checked out. What is
 * not merged stays, unless it is given up by name. The fleet has to be stopped.
 */
@Mojo(name = "clean", requiresProject = false, threadSafe = true)
public class CleanMojo extends AbstractWorkspaceMojo {

    /** Gives up what the agents did and nobody has merged; {@code claude-fleet.agent} says whose. */
    @Parameter(property = "claude-fleet.discard", defaultValue = "false")
    private boolean discard;

    @Override
    void run() throws InterruptedException, MojoExecutionException {
        withFleet(fleet -> fleet.refuseWhileAgentsAreUp(fleetSelector()));
        FleetLog log = fleetLog();
        for (FleetChanges.Work one : work().of(agents())) {
            log.cleaned(one.agent(), FleetChanges.clean(one, discard));
        }
    }
}
