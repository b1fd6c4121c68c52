package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.FleetSpec;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Follows the agents until each task has ended: assigns tasks, shows progress and cost, stops tasks that exceed their
 * limits, and stores the results. Failed tasks do not fail the build here, but in {@code verify}. The goal can be
 * interrupted and run again at any time. It then includes what happened in between.
 */
@Mojo(name = "await", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true)
public class AwaitMojo extends AbstractAgentsMojo {

    /** Directory for the results. */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    @Override
    void run() throws InterruptedException {
        FleetSpec spec = fleetSpec();
        if (isDryRun()) {
            getLog().info("Dry run: no task of fleet " + spec.name() + " is awaited");
            return;
        }
        Path directory = fleets().ownResults(resultsDirectory);
        try (GoalSession session = openSession()) {
            session.cancelOnTermination(ShutdownStep.STOP_FOLLOWING);
            session.fleet().await(spec, directory);
        }
        CiSummary.append(new ResultFiles(directory), listeners().goals());
    }
}
