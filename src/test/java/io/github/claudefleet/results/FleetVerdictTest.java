package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.work.FleetReport;
import io.github.claudefleet.work.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetVerdictTest {

    private static final Path DIRECTORY = Path.of("target/claude-fleet");

    @Test
    void everyOutcomeButDoneFailsABuildByDefault() {
        FleetVerdict verdict = verdict(SampleReport.ofEveryOutcome(), FailOn.of(List.of()), 0, Optional.empty());

        assertThat(verdict.isGood()).isFalse();
        assertThat(verdict.failed()).hasSize(14);
        assertThat(verdict.message(DIRECTORY))
                .startsWith("Fleet: 14 of 15 tasks failed.\n")
                .contains("  fixer/not-started: not started: none of its agents is up\n")
                .contains("  reviewer/failed: failed: Emoji")
                .contains("(target/claude-fleet/reviewer/failed)")
                .endsWith("See target/claude-fleet/report.html (for scripts: target/claude-fleet/fleet.json).");
    }

    @Test
    void onlyTheOutcomesThatAreNamedCount() {
        FleetVerdict verdict =
                verdict(SampleReport.ofEveryOutcome(), FailOn.of(List.of("hung", "Timed-Out")), 1, Optional.empty());

        assertThat(verdict.failed()).hasSize(2);
        assertThat(verdict.complaints()).containsExactly("2 of 15 tasks failed, 1 may (maxFailed)");
    }

    @Test
    void asManyMayFailAsAreAllowed() {
        assertThat(verdict(SampleReport.ofEveryOutcome(), FailOn.DEFAULT, 14, Optional.empty())
                        .isGood())
                .isTrue();
        assertThat(verdict(SampleReport.ofEveryOutcome(), FailOn.of(List.of("none")), 0, Optional.empty())
                        .isGood())
                .isTrue();
    }

    @Test
    void aFleetThatCostTooMuchFailsABuild() {
        FleetReport done = SampleReport.of(List.of(SampleReport.task(Outcome.DONE)));

        assertThat(verdict(done, FailOn.DEFAULT, 0, Optional.of(SampleReport.usd("0.25")))
                        .isGood())
                .isTrue();
        assertThat(verdict(done, FailOn.DEFAULT, 0, Optional.of(SampleReport.usd("0.24")))
                        .complaints())
                .containsExactly("the tasks cost $0.25, and $0.24 is the limit");
    }

    @Test
    void aFleetThatWasNotAwaitedToItsEndFailsABuild() {
        FleetReport whole = SampleReport.of(List.of());
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
                SampleReport.of(List.of()), List.of(merged, refused), FailOn.of(List.of("none")), 0, Optional.empty());

        assertThat(verdict.complaints())
                .containsExactly("what agent two changed was not merged: it conflicts in App.java.");
    }

    private static AgentChanges changes(String agent, String outcome, String reason) {
        return new AgentChanges(
                agent, "worktree", "claude-fleet/shop/" + agent, "a", "b", 1, 1, "merge", outcome, reason, List.of());
    }

    private static FleetVerdict verdict(FleetReport report, FailOn failOn, int maxFailed, Optional<Usd> maxCost) {
        return FleetVerdict.of(report, List.of(), failOn, maxFailed, maxCost);
    }
}
