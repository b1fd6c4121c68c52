package io.github.claudefleet.mojo;

import io.github.claudefleet.console.GoalMessages;
import io.github.claudefleet.results.FailOn;
import io.github.claudefleet.results.FleetResults;
import io.github.claudefleet.results.FleetVerdict;
import io.github.claudefleet.results.ResultFiles;
import io.github.claudefleet.results.ResultsOrigin;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LocalTimes;
import io.github.claudefleet.spec.Rehearsal;
import io.github.claudefleet.spec.Usd;
import java.time.Instant;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;

/**
 * Decides from the results whether the build fails.
 *
 * @param failOn outcomes that count against the build
 * @param maxFailed maximum number of tasks with such an outcome
 * @param maxCost maximum cost of all tasks
 */
record BuildVerdict(FailOn failOn, int maxFailed, Optional<Usd> maxCost) {

    /**
     * Judges the results of one fleet.
     *
     * @param ofThisBuild true if this build awaits the fleet, so that results of an earlier build are an error
     * @throws MojoFailureException if the build must fail
     * @throws InvalidSpecException if there are no results of that fleet
     */
    void judge(FleetId fleet, ResultFiles files, boolean ofThisBuild, GoalMessages messages)
            throws MojoFailureException {
        FleetResults results = files.results();
        ResultsOrigin asked = ResultsOrigin.of(fleet);
        boolean sameBuild = results.origin().isSameBuild(asked);
        refuseAnothers(results.origin(), asked, files);
        if (!sameBuild) {
            String when = results.ended()
                    .map(time -> LocalTimes.toText(time, Instant.now()))
                    .orElse("never");
            if (ofThisBuild) {
                throw new MojoFailureException(
                        Rehearsal.mark(fleet.name()) + "Fleet " + fleet + ": " + files.directory()
                                + " has the results of an earlier build (ended " + when
                                + "), and claude-fleet:await has not run"
                                + " in this one. Run it, or judge the earlier ones by mvn claude-fleet:verify.");
            }
            messages.judgesEarlierBuild(results.origin().fleet(), when);
        }
        FleetVerdict verdict = FleetVerdict.of(results, files.changes(), failOn, maxFailed, maxCost);
        if (!verdict.isGood()) {
            throw new MojoFailureException(verdict.message(files.directory()));
        }
        messages.verified(fleet.name(), results.size(), verdict.failed().size());
        if (Rehearsal.isOf(fleet.name())) {
            messages.onlyRehearsed(fleet.name());
        }
    }

    private static void refuseAnothers(ResultsOrigin found, ResultsOrigin asked, ResultFiles files) {
        boolean another = !found.fleet().equals(asked.fleet()) || found.isSameBuild(asked) && !found.isSameFleet(asked);
        if (another) {
            throw new InvalidSpecException(
                    "resultsDirectory",
                    files.directory() + " has the results of fleet " + found.fleet() + " of " + found.project()
                            + ", and not of fleet " + asked.fleet(),
                    "Run claude-fleet:await of fleet " + asked.fleet()
                            + " first, or name the fleet that is to be judged" + " with -Dclaude-fleet.name="
                            + found.fleet() + ".");
        }
    }
}
