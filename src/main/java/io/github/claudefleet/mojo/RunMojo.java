package io.github.claudefleet.mojo;

import io.github.claudefleet.console.ShutdownStep;
import io.github.claudefleet.results.FailOn;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.results.ResultsCheck;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.results.ResultsWriter;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Lifetime;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.PathText;
import io.github.claudefleet.tasksource.TaskSearch;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /**
     * Outcomes that count against the build, such as {@code failed,timed-out}, or {@code all}, which means all but
     * {@code done} and {@code not chosen}, or {@code none}. The default is {@code all}.
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
        FleetSpec spec = fleetSpec(new TaskSearch(listeners().tasks()));
        FailOn counted = FailOn.of(failOn);
        int allowed = Numbers.within("maxFailed", maxFailed, 0, MOST_TASKS);
        if (spec.work().isNone()) {
            throw new InvalidSpecException(
                    "agents",
                    "have nothing to do",
                    "Give one of them a <prompt>, a <promptFile>, <tasks> or <tasksFrom>.");
        }
        if (isDryRun()) {
            try (GoalSession session = openSession()) {
                session.fleet().planStart(session.fleet().claim(spec));
            }
            return;
        }
        Path directory = fleets().ownResults(resultsDirectory);
        if (spec.work().hasTasks()) {
            work(spec, directory);
        } else {
            writeNothingDone(spec, directory);
        }
        CiSummary.append(new ResultFiles(directory), annotations, listeners().goals());
        BuildVerdict buildVerdict =
                new BuildVerdict(counted, allowed, spec.work().maxCost());
        buildVerdict.judge(
                fleets().id(Lifetime.BUILD),
                new ResultFiles(directory),
                true,
                listeners().goals());
    }

    private void work(FleetSpec spec, Path directory) throws InterruptedException {
        try (GoalSession session = openSession()) {
            session.cancelOnTermination(ShutdownStep.TAKE_BACK);
            FleetSpec claimed = session.claim(spec, directory);
            session.fleet()
                    .run(claimed, directory, Optional.ofNullable(compareWith).map(PathText::of));
            session.hasEnded(claimed.id());
            session.checkWatchdog(claimed);
        }
    }

    /** Replaces the results of an earlier run, and needs neither an engine nor a login. */
    private void writeNothingDone(FleetSpec spec, Path directory) {
        listeners().goals().nothingToRun(spec.name());
        ResultsCheck.check(directory);
        new ResultsWriter(directory, ResultsOrigin.of(spec.id()), listeners().fleet()::resultNotWritten)
                .writeNothingDone(spec.name(), spec.work().maxCost(), Instant.now());
    }
}
