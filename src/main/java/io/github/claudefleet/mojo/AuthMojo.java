package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.spec.FleetSpec;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Logs in the fleet: provides the agents' image, starts the auth container, lets a person sign in once, and proves the
 * login with a real request. Fails the build if the login can't be proved.
 */
@Mojo(name = "auth", defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public class AuthMojo extends AbstractLoginMojo {

    /** Directory for the log of the watchdog, if the fleet ends with its build. */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    @Override
    void run() throws InterruptedException {
        FleetSpec spec = fleetSpec();
        if (isDryRun()) {
            try (GoalSession session = openSession()) {
                session.fleet().planAuth(session.fleet().claim(spec));
            }
            return;
        }
        Path results = fleets().results(resultsDirectory);
        try (GoalSession session = openSession()) {
            session.cancelOnTermination(ShutdownStep.TAKE_BACK);
            FleetSpec claimed = session.claim(spec, results);
            session.fleet().auth(claimed);
            session.checkWatchdog(claimed);
        }
    }
}
