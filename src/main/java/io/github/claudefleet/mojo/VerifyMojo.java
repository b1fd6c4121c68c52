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
 * Fails the build where the results of {@code await} say so, after {@code stop} has had its turn: which outcomes count, how
 * many tasks may fail, what all may cost. Needs no engine.
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public class VerifyMojo extends AbstractFleetMojo {

    private static final int MOST_TASKS = 1_000_000;

    /** Where {@code await} wrote the results. */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    /**
     * The outcomes that count against the build, such as {@code failed,timed-out}; {@code all}, which is the default, are all
     * but {@code done}; {@code none} are none.
     */
    @Parameter(property = "claude-fleet.failOn")
    private List<String> failOn;

    /** How many tasks may end with one of those outcomes before the build fails. */
    @Parameter(property = "claude-fleet.maxFailed", defaultValue = "0")
    private int maxFailed;

    /** What all tasks may have cost together, in US dollars; more fails the build. By default there is no limit. */
    @Parameter(property = "claude-fleet.maxCost")
    private String maxCost;

    @Override
    void run() throws MojoFailureException {
        BuildVerdict buildVerdict = new BuildVerdict(
                FailOn.of(failOn),
                Numbers.within("maxFailed", maxFailed, 0, MOST_TASKS),
                Optional.ofNullable(maxCost).map(text -> Usd.parse("maxCost", text)));
        boolean bound = execution().getSource() != MojoExecution.Source.CLI;
        for (FleetName fleet : bound ? fleetNames() : withResults(fleetNames())) {
            buildVerdict.judge(
                    fleetId(fleet, Lifetime.BUILD),
                    new ResultFiles(results(resultsDirectory, fleet)),
                    bound && declaredFleets().awaits(fleet),
                    fleetLog());
        }
    }

    /** Not every fleet of a pom has been at work before somebody asks at the command line. */
    private List<FleetName> withResults(List<FleetName> fleets) {
        List<FleetName> there = fleets.stream()
                .filter(fleet -> new ResultFiles(results(resultsDirectory, fleet)).exist())
                .toList();
        return there.isEmpty() ? List.of(fleetName()) : there;
    }
}
