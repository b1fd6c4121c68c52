package io.github.claudefleet.mojo;

import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.workspace.FleetChanges;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Merges what agents changed in workspaces of their own into what is checked out, one agent after the other. Changes that are
 * not committed are never overwritten; at the first conflict it ends, with all as it was before that agent's turn. Needs no engine.
 */
@Mojo(name = "apply", requiresProject = false, threadSafe = true)
public class ApplyMojo extends AbstractWorkspaceMojo {

    @Override
    void run() {
        FleetLog log = fleetLog();
        for (FleetChanges.Work one : work().of(agents())) {
            one.changes().warnings().forEach(warning -> log.changesNeedALook(one.agent(), warning));
            log.taken(one.agent(), FleetChanges.take(one));
        }
    }
}
