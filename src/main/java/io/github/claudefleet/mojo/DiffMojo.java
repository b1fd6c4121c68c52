package io.github.claudefleet.mojo;

import io.github.claudefleet.fleet.WorkspaceListener;
import io.github.claudefleet.workspace.FleetChanges;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows the agents' changes in their own workspaces, and updates their branches unless {@code <merge>} is {@code none}
 * or {@code patch}. It needs no engine.
 */
@Mojo(name = "diff", requiresProject = false, threadSafe = true)
public class DiffMojo extends AbstractWorkspaceMojo {

    @Override
    void run() {
        WorkspaceListener listener = listeners().workspaces();
        List<FleetChanges.Work> all = work().of(agents());
        if (all.isEmpty()) {
            listeners().goals().noWorkspaces(fleets().nameOnEngine());
        }
        for (FleetChanges.Work one : all) {
            if (!one.problem().isEmpty()) {
                listener.integrationFailed(one.agent(), one.problem());
                continue;
            }
            listener.integrated(one.agent(), one.where(), one.changes().files());
            listeners().output().table(one.changes().stat().lines().toList());
            one.changes().warnings().forEach(warning -> listener.changesNeedReview(one.agent(), warning));
        }
    }
}
