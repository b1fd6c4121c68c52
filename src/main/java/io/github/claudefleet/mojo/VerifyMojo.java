package io.github.claudefleet.mojo;

import io.github.claudefleet.results.FailOn;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.Usd;
import java.io.File;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Checks the results of {@code await} after {@code stop}, and fails the build because of the configured outcomes,
 * number of failed tasks or total cost. It needs no engine.
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public class VerifyMojo extends AbstractFleetMojo {

    private static final int MOST_TASKS = 1_000_000;

    /** Directory to which {@code await} wrote the results. */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    /**
     * Outcomes that count against the build, such as {@code failed,timed-out}, or {@code all}, which means all but
     * {@code done} and {@code not chosen}, or {@code none}. The default is {@code all}.
     */
    @Parameter(property = "claude-fleet.failOn")
    private List<String> failOn;

    /** Maximum number of tasks with one of those outcomes. One more fails the build. */
    @Parameter(property = "claude-fleet.maxFailed", defaultValue = "0")
    private int maxFailed;

    /**
     * Maximum cost of all tasks together, in US dollars. A higher cost fails the build. By default there is no limit.
     */
    @Parameter(property = "claude-fleet.maxCost")
    private String maxCost;

    /** Judges nothing, because a dry run of the build has no results. */
    @Parameter(property = "claude-fleet.dryRun", defaultValue = "false")
    private boolean dryRun;

    @Override
    void run() throws MojoFailureException {
        if (dryRun) {
            getLog().info("Dry run: no results are judged");
            return;
        }
        BuildVerdict buildVerdict = new BuildVerdict(
                FailOn.of(failOn),
                Numbers.within("maxFailed", maxFailed, 0, MOST_TASKS),
                Optional.ofNullable(maxCost).map(text -> Usd.parse("maxCost", text)));
        boolean bound = execution().getSource() != MojoExecution.Source.CLI;
        List<FleetName> names = fleets().fleetNames();
        for (FleetName fleet : bound ? names : withResults(names)) {
            buildVerdict.judge(
                    fleets().id(fleet, Lifetime.BUILD),
                    new ResultFiles(fleets().results(resultsDirectory, fleet)),
                    bound && fleets().awaits(fleet),
                    listeners().goals());
        }
    }

    /** Returns the fleets that have results. At the command line, not every fleet of a pom needs to have run. */
    private List<FleetName> withResults(List<FleetName> fleets) {
        List<FleetName> there = fleets.stream()
                .filter(fleet -> new ResultFiles(fleets().results(resultsDirectory, fleet)).exist())
                .toList();
        return there.isEmpty() ? List.of(fleets().fleetName()) : there;
    }
}
