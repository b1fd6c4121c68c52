package io.github.claudefleet.mojo;

import io.github.claudefleet.workspace.FleetChanges;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Removes the agents' own workspaces, and their branches if they are merged into what is checked out. Unmerged changes
 * stay unless {@code discard} is set. The fleet must be stopped.
 */
@Mojo(name = "clean", requiresProject = false, threadSafe = true)
public class CleanMojo extends AbstractWorkspaceMojo {

    /** Discards unmerged changes, too: those of the agents in {@code claude-fleet.agent}, by default of all. */
    @Parameter(property = "claude-fleet.discard", defaultValue = "false")
    private boolean discard;

    @Override
    void run() throws InterruptedException {
        try (GoalSession session = openSession()) {
            session.fleet().refuseWhileAgentsAreUp(fleets().selector());
        }
        for (FleetChanges.Work one : work().of(agents())) {
            listeners().goals().workspaceRemoved(one.agent(), FleetChanges.clean(one, discard));
        }
    }
}
