package io.github.claudefleet.mojo;

import io.github.claudefleet.spec.FleetSpec;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Logs the fleet in: makes the agents' image be there, brings up the auth container, lets a person sign in once, and
 * proves the login with a real request. Fails the build when that never succeeds.
 */
@Mojo(name = "auth", defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public class AuthMojo extends AbstractLoginMojo {

    @Override
    void run() throws InterruptedException, MojoExecutionException {
        FleetSpec spec = fleetSpec();
        withFleetToChange(fleet -> {
            if (isDryRun()) {
                fleet.planAuth(spec);
            } else {
                fleet.auth(spec);
            }
        });
    }
}
