package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.FleetSpec;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Follows the agents until each task is over: hands tasks out, shows who is at what and what it costs, stops what takes too
 * long, and keeps the results. What became of the tasks fails no build here: that is {@code verify}'s. It can be ended and
 * run again at any time, and finds what went on without it.
 */
@Mojo(name = "await", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true)
public class AwaitMojo extends AbstractAgentsMojo {

    /** Where the results are written, below the project's {@code target}. */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    @Override
    void run() throws InterruptedException, MojoExecutionException {
        FleetSpec spec = fleetSpec();
        Path directory = ownResults(resultsDirectory);
        withFleetUntilCancelled(ShutdownStep.STOP_FOLLOWING, fleet -> fleet.await(spec, directory));
        CiSummary.append(new ResultFiles(directory), fleetLog());
    }
}
