package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.spec.FleetSpec;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Ends the login: revokes it at the service, for every fleet that uses it, and empties the login directory. It is
 * refused while agents are up.
 */
@Mojo(name = "logout", requiresProject = false, threadSafe = true)
public class LogoutMojo extends AbstractLoginMojo {

    @Override
    void run() throws InterruptedException {
        FleetSpec spec = fleetSpec();
        try (GoalSession session = openSession()) {
            session.cancelOnTermination(ShutdownStep.TAKE_BACK);
            if (isDryRun()) {
                session.fleet().planLogout(spec);
            } else {
                session.fleet().logout(spec);
            }
        }
    }
}
