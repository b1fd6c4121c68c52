package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.results.FailOn;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.Numbers;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Runs {@code start}, {@code await}, {@code stop} and {@code verify} as one goal, for the command line. Agents are
 * removed in any case, and the build fails if their results require it.
 */
@Mojo(name = "run", threadSafe = true)
public class RunMojo extends AbstractAgentsMojo {

    private static final int MOST_TASKS = 1_000_000;

    /** Directory for the results. */
    @Parameter(property = "claude-fleet.resultsDirectory", defaultValue = "${project.build.directory}/claude-fleet")
    private File resultsDirectory;

    /**
     * Outcomes that count against the build, such as {@code failed,timed-out}, or {@code all}, which means all but
     * {@code done}, or {@code none}. The default is {@code all}.
     */
    @Parameter(property = "claude-fleet.failOn")
    private List<String> failOn;

    /** Maximum number of tasks with one of those outcomes. One more fails the build. */
    @Parameter(property = "claude-fleet.maxFailed", defaultValue = "0")
    private int maxFailed;

    /** Returns {@code BUILD}, because the goal stops what it starts. */
    @Override
    Lifetime toldLifetime() {
        return Lifetime.BUILD;
    }

    @Override
    void run() throws InterruptedException, MojoFailureException {
        FleetSpec spec = fleetSpec();
        FailOn counted = FailOn.of(failOn);
        int allowed = Numbers.within("maxFailed", maxFailed, 0, MOST_TASKS);
        if (spec.work().isNone()) {
            throw new InvalidSpecException(
                    "agents", "have nothing to do", "Give one of them a <prompt>, a <promptFile> or <tasks>.");
        }
        if (isDryRun()) {
            try (GoalSession session = openSession()) {
                session.fleet().planStart(session.fleet().claim(spec));
            }
            return;
        }
        Path directory = fleets().ownResults(resultsDirectory);
        try (GoalSession session = openSession()) {
            session.cancelOnTermination(ShutdownStep.TAKE_BACK);
            FleetSpec claimed = session.claim(spec, directory);
            session.fleet().run(claimed, directory);
            session.hasEnded(claimed.id());
            session.checkWatchdog(claimed);
        }
        CiSummary.append(new ResultFiles(directory), listeners().goals());
        BuildVerdict buildVerdict =
                new BuildVerdict(counted, allowed, spec.work().maxCost());
        buildVerdict.judge(
                fleets().id(Lifetime.BUILD),
                new ResultFiles(directory),
                true,
                listeners().goals());
    }
}
