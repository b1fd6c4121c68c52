package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.tasksource.StoredTasks;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
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

    /**
     * Results of an earlier run with which the report and the summary compare this run: a {@code fleet.json}, or the
     * directory that contains it. The default is the last build, if {@code mvn clean} has not removed its results.
     */
    @Parameter(property = "claude-fleet.compareWith")
    private File compareWith;

    /**
     * Prints the findings of answers with the schema {@code findings} as GitHub's workflow commands, such as
     * {@code ::error}, which annotate the lines of a pull request. At most ten of each severity are printed.
     */
    @Parameter(property = "claude-fleet.annotations", defaultValue = "false")
    private boolean annotations;

    @Override
    void run() throws InterruptedException {
        if (isDryRun()) {
            getLog().info("Dry run: no task of fleet " + fleetSpec().name() + " is awaited");
            return;
        }
        Path directory = fleets().ownResults(resultsDirectory);
        FleetSpec spec = fleetSpec(new StoredTasks(directory, fleets().id(lifetime())));
        try (GoalSession session = openSession()) {
            session.cancelOnTermination(ShutdownStep.STOP_FOLLOWING);
            session.fleet()
                    .await(spec, directory, Optional.ofNullable(compareWith).map(PathText::of));
        }
        CiSummary.append(new ResultFiles(directory), annotations, listeners().goals());
    }
}
