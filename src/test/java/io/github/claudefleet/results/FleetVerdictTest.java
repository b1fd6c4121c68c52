package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetVerdictTest {

    /** Number of tasks that count: a candidate that is not chosen does not. */
    private static final int ALL = Outcome.values().length - 1;

    private static final Path DIRECTORY = Path.of("target/claude-fleet");

    @Test
    void everyOutcomeButDoneFailsABuildByDefault() {
        FleetVerdict verdict = verdict(ReportFixture.ofEveryOutcome(), FailOn.of(List.of()), 0, Optional.empty());

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.failed()).hasSize(ALL - 1);
        assertThat(verdict.message(DIRECTORY))
                .startsWith("Fleet shop: " + (ALL - 1) + " of " + ALL + " tasks failed.\n")
                .contains("  fixer/not-started: not started: none of its agents is up\n")
                .contains("  reviewer/failed: failed: Emoji")
                .contains("(target/claude-fleet/reviewer/failed)")
                .endsWith("See target/claude-fleet/report.html (for scripts: target/claude-fleet/fleet.json).");
    }

    @Test
    void onlyTheOutcomesThatAreNamedCount() {
        FleetVerdict verdict =
                verdict(ReportFixture.ofEveryOutcome(), FailOn.of(List.of("hung", "Timed-Out")), 1, Optional.empty());

        assertThat(verdict.failed()).hasSize(2);
        assertThat(verdict.complaints()).containsExactly("2 of " + ALL + " tasks failed, 1 may (maxFailed)");
    }

    @Test
    void asManyMayFailAsAreAllowed() {
        assertThat(verdict(ReportFixture.ofEveryOutcome(), FailOn.DEFAULT, ALL - 1, Optional.empty())
                        .isGood())
                .isTrue();
        assertThat(verdict(ReportFixture.ofEveryOutcome(), FailOn.of(List.of("none")), 0, Optional.empty())
                        .isGood())
                .isTrue();
    }

    @Test
    void aFleetThatCostTooMuchFailsABuild() {
        FleetReport done = ReportFixture.of(List.of(ReportFixture.task(Outcome.DONE)));

        assertThat(verdict(done, FailOn.DEFAULT, 0, Optional.of(ReportFixture.usd("0.25")))
                        .isGood())
                .isTrue();
        assertThat(verdict(done, FailOn.DEFAULT, 0, Optional.of(ReportFixture.usd("0.24")))
                        .complaints())
                .containsExactly("the tasks cost $0.25, and $0.24 is the limit");
    }

    @Test
    void aFleetThatWasNotAwaitedToItsEndFailsABuild() {
        FleetReport whole = ReportFixture.of(List.of());
        FleetReport open = new FleetReport(whole.fleet(), whole.began(), Optional.empty(), Optional.empty(), List.of());

        assertThat(verdict(open, FailOn.DEFAULT, 0, Optional.empty()).complaints())
                .containsExactly("not every task was awaited: run claude-fleet:await until it ends");
    }

    @Test
    void aWordThatIsNoOutcomeIsRefused() {
        assertThatThrownBy(() -> FailOn.of(List.of("done")))
                .hasMessageContaining("failOn \"done\" is no outcome that a build can fail on");
    }

    @Test
    void changesThatDidNotComeAsFarAsTheyWereToAreNotGoodEnough() {
        AgentChanges merged = changes("one", "merged", null);
        AgentChanges refused = changes("two", "refused", "it conflicts in App.java.");

        FleetVerdict verdict = FleetVerdict.of(
                ReportFixture.results(ReportFixture.of(List.of())),
                ReportFixture.changes(merged, refused),
                FailOn.of(List.of("none")),
                0,
                Optional.empty());

        assertThat(verdict.complaints())
                .containsExactly("what agent two changed was not merged: it conflicts in App.java.");
    }

    @Test
    void anOutcomeOfChangesThatNobodyKnowsIsNoneThatIsGood() {
        String next = ". It is still in the workspace: once that is mended, claude-fleet:diff collects it; "
                + "claude-fleet:clean with discard removes it";

        FleetVerdict verdict = FleetVerdict.of(
                ReportFixture.results(ReportFixture.of(List.of())),
                ReportFixture.changes(changes("one", "failed", "git: no such blob"), changes("two", null, null)),
                FailOn.of(List.of("none")),
                0,
                Optional.empty());

        assertThat(verdict.complaints())
                .containsExactly(
                        "what agent one changed was not collected: git: no such blob" + next,
                        "what agent two changed was not collected: outcome null" + next);
    }

    @Test
    void resultsWhoseChangesWereNotCollectedFailABuildWhateverFailOnSays() {
        FleetReport done = ReportFixture.of(List.of(ReportFixture.task(Outcome.DONE)));
        FleetResults brokenOff = new FleetResults(ReportFixture.origin("build-1"), done, List.of(), Optional.empty());
        FailOn none = FailOn.of(List.of("none"));
        Optional<CollectedChanges> others = Optional.of(new CollectedChanges(
                new ResultsOrigin(new FleetName("other"), "/home/ann/shop", "build-1"), List.of()));

        assertThat(List.of(
                        FleetVerdict.of(brokenOff, ReportFixture.changes(), none, 0, Optional.empty()),
                        FleetVerdict.of(ReportFixture.results(done), Optional.empty(), none, 0, Optional.empty()),
                        FleetVerdict.of(ReportFixture.results(done), others, none, 0, Optional.empty())))
                .allSatisfy(verdict -> assertThat(verdict.complaints())
                        .singleElement()
                        .asString()
                        .startsWith("not all that agents changed was collected (changes.json is missing)"));
    }

    @Test
    void aTaskThatFailedInAnEarlierRunOfTheBuildStillFailsIt() {
        FleetReport done = ReportFixture.of(List.of(ReportFixture.task(Outcome.DONE)));
        FleetResults twice = new FleetResults(
                ReportFixture.origin("build-1"),
                done,
                List.of(ReportFixture.task(Outcome.FAILED)),
                Optional.of(ReportFixture.BEGIN));

        FleetVerdict verdict = FleetVerdict.of(
                twice, ReportFixture.changes(), FailOn.DEFAULT, 0, Optional.of(ReportFixture.usd("0.49")));

        assertThat(verdict.complaints())
                .containsExactly("1 of 2 tasks failed", "the tasks cost $0.50, and $0.49 is the limit");
    }

    private static AgentChanges changes(String agent, String outcome, String reason) {
        return new AgentChanges(
                agent,
                "worktree",
                "claude-fleet/shop/" + agent,
                "a",
                "b",
                1,
                1,
                "merge",
                outcome,
                reason,
                List.of(),
                List.of());
    }

    private static FleetVerdict verdict(FleetReport report, FailOn failOn, int maxFailed, Optional<Usd> maxCost) {
        return FleetVerdict.of(ReportFixture.results(report), ReportFixture.changes(), failOn, maxFailed, maxCost);
    }
}
