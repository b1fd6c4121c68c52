package io.github.claudefleet.mojo;

import io.github.claudefleet.fleet.WorkspaceListener;
import io.github.claudefleet.workspace.FleetChanges;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Merges the agents' changes from their own workspaces into what is checked out, one agent after the other. Uncommitted
 * changes are never overwritten. At the first conflict the goal stops, and everything is as it was before that agent's
 * merge. Of several attempts at a task, only the chosen one is merged. It needs no engine.
 */
@Mojo(name = "apply", requiresProject = false, threadSafe = true)
public class ApplyMojo extends AbstractWorkspaceMojo {

    @Override
    void run() {
        WorkspaceListener listener = listeners().workspaces();
        for (FleetChanges.Work one : work().of(agents())) {
            if (one.isNotChosen() && agents().isEmpty()) {
                listeners().goals().notChosen(one.agent(), one.where());
                continue;
            }
            one.changes().warnings().forEach(warning -> listener.changesNeedReview(one.agent(), warning));
            listeners().goals().merged(one.agent(), FleetChanges.take(one));
        }
    }
}
