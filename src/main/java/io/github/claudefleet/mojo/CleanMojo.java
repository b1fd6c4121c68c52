package io.github.claudefleet.mojo;

import io.github.claudefleet.report.FleetLog;
import io.github.claudefleet.workspace.AgentsWork;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Removes workspaces that agents had for themselves, and their branches as far as they are merged into what is checked out. What is
 * not merged stays, unless it is given up by name. The fleet has to be stopped.
 */
@Mojo(name = "clean", requiresProject = false, threadSafe = true)
public class CleanMojo extends AbstractWorkMojo {

    /** Gives up what the agents did and nobody has merged; {@code claude-fleet.agent} says whose. */
    @Parameter(property = "claude-fleet.giveUp", defaultValue = "false")
    private boolean giveUp;

    @Override
    void run() throws InterruptedException, MojoExecutionException {
        withFleet(fleet -> fleet.refuseWhileAgentsAreUp(fleetWish()));
        FleetLog log = fleetLog();
        for (AgentsWork.Work one : work().of(agents())) {
            log.cleaned(one.agent(), AgentsWork.clean(one, giveUp));
        }
    }
}
