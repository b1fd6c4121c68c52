package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Results of a fleet with an attempt that is not chosen, which counts neither as done nor as failed. */
class NotChosenTest {

    private final FleetReport report = ReportFixture.of(List.of(
            ReportFixture.task(Outcome.DONE),
            ReportFixture.task(Outcome.NOT_CHOSEN),
            ReportFixture.task(Outcome.FAILED)));

    @Test
    void itIsNotCounted() {
        assertThat(report.counted()).isEqualTo(2);
        assertThat(ReportFixture.results(report).size()).isEqualTo(2);
    }

    @Test
    void itDoesNotFailABuild() {
        FleetReport good =
                ReportFixture.of(List.of(ReportFixture.task(Outcome.DONE), ReportFixture.task(Outcome.NOT_CHOSEN)));

        assertThat(verdict(good, FailOn.DEFAULT).isGood()).isTrue();
        assertThat(verdict(good, FailOn.of(List.of("all"))).isGood()).isTrue();
        assertThat(verdict(report, FailOn.DEFAULT).complaints()).containsExactly("1 of 2 tasks failed");
    }

    @Test
    void aBuildCanNotBeMadeToFailOnIt() {
        assertThatThrownBy(() -> FailOn.of(List.of("not chosen")))
                .hasMessageContaining("failOn \"not chosen\" is no outcome that a build can fail on");
    }

    @Test
    void itIsSkippedForACiServer() {
        assertThat(JUnitXml.of("", new AgentName("reviewer"), report.tasks()))
                .contains("skipped=\"1\"", "failures=\"1\"", "errors=\"0\"")
                .containsOnlyOnce("<skipped message=\"Emoji");
    }

    @Test
    void peopleSeeItAsNeutral() {
        assertThat(MarkdownSummary.of(report, Optional.empty(), List.of(), ZoneOffset.UTC))
                .startsWith("## Fleet shop: 1 of 2 tasks done")
                .contains("- **reviewer/not-chosen**: not chosen: Emoji");
        assertThat(HtmlTask.word(Outcome.NOT_CHOSEN)).isEqualTo("<span class=\"word none\">not chosen</span>");
        assertThat(HtmlTask.of(ReportFixture.task(Outcome.NOT_CHOSEN)))
                .startsWith("<details id=\"task-reviewer.not-chosen\"><summary>");
    }

    private static FleetVerdict verdict(FleetReport report, FailOn failOn) {
        return FleetVerdict.of(ReportFixture.results(report), ReportFixture.changes(), failOn, 0, Optional.empty());
    }
}
