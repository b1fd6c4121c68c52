package io.github.claudefleet.mojo;

import io.github.claudefleet.report.FleetLog;
import io.github.claudefleet.workspace.AgentsWork;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Merges what agents changed in workspaces of their own into what is checked out, one agent after the other. Changes that are
 * not committed are never overwritten; at the first conflict it ends, with all as it was before that agent's turn. Needs no engine.
 */
@Mojo(name = "apply", requiresProject = false, threadSafe = true)
public class ApplyMojo extends AbstractWorkMojo {

    @Override
    void run() {
        FleetLog log = fleetLog();
        for (AgentsWork.Work one : work().of(agents())) {
            one.changes().warnings().forEach(warning -> log.changesNeedALook(one.agent(), warning));
            log.taken(one.agent(), AgentsWork.take(one));
        }
    }
}
