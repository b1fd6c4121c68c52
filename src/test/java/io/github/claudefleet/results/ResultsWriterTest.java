package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of writing results, and the state after a goal that is killed between them. */
class ResultsWriterTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final AgentName WORKER = new AgentName("worker");
    private static final TaskReport FAILED = ReportFixture.task(Outcome.FAILED);
    private static final TaskReport DONE = ReportFixture.task(Outcome.DONE);

    @TempDir
    private Path directory;

    @Test
    void resultsAreGoodOnlyAfterTheLastStep() {
        ResultsWriter writer = ReportFixture.writer(directory);
        FleetReport report = ReportFixture.of(List.of(DONE));

        writer.begin(report.fleet(), Optional.empty(), NOW);
        assertThat(verdict().isGood()).as("begun").isFalse();
        writer.snapshot(ReportFixture.open(List.of(DONE)));
        assertThat(verdict().isGood()).as("at work").isFalse();
        writer.write(report);
        assertThat(verdict().isGood()).as("not collected").isFalse();
        assertThat(writer.lacksChanges()).isTrue();
        writer.write(List.of(), NOW);
        assertThat(verdict().isGood()).isTrue();
        assertThat(writer.lacksChanges()).isFalse();
    }

    @Test
    void aBeginReplacesResultsOfAnEarlierBuild() {
        complete("build-1", DONE);

        ReportFixture.writer(directory, "build-2").begin(new FleetName("shop"), Optional.empty(), NOW);

        assertThat(read().report().tasks()).isEmpty();
        assertThat(read().earlier()).isEmpty();
        assertThat(directory.resolve("changes.json")).doesNotExist();
        assertThat(verdict().complaints()).singleElement().asString().startsWith("not every task was awaited");
    }

    @Test
    void aRunWithoutTasksIsCompleteAndGood() {
        complete("build-1", FAILED);

        ReportFixture.writer(directory, "build-2").writeNothingDone(new FleetName("shop"), Optional.empty(), NOW);

        assertThat(read().size()).isZero();
        assertThat(verdict().isGood()).isTrue();
    }

    @Test
    void aFailedTaskOutlivesALaterRunOfItsBuild() {
        complete("build-1", FAILED);
        complete("build-1", DONE);

        assertThat(read().report().tasks()).containsExactly(DONE);
        assertThat(read().earlier()).containsExactly(FAILED);
        assertThat(verdict().failed()).containsExactly(FAILED);
    }

    @Test
    void aFailedTaskOutlivesItsOwnRepetition() {
        complete("build-1", FAILED);
        TaskReport again = ReportFixture.at(FAILED.task(), WORKER, 3600, 5);
        complete("build-1", again);
        complete("build-1", again);

        assertThat(read().ofAllRuns().tasks()).containsExactly(again, FAILED);
    }

    @Test
    void aSecondLookAtOneRunCountsItOnce() {
        complete("build-1", FAILED, DONE);
        complete("build-1", FAILED, DONE);

        assertThat(read().report().tasks()).containsExactly(FAILED, DONE);
        assertThat(read().earlier()).isEmpty();
    }

    @Test
    void whatWasNeverBegunGivesWayToWhatWas() {
        TaskReport never = ReportFixture.task(Outcome.NOT_STARTED);
        complete("build-1", never);
        complete("build-1", ReportFixture.at(never.task(), WORKER, 0, 5));

        assertThat(read().earlier()).isEmpty();
    }

    @Test
    void aStopCompletesWhatAnAwaitBrokeOff() {
        ReportFixture.writer(directory).write(ReportFixture.of(List.of(DONE)));

        ResultsWriter.atStop(directory, ReportFixture.origin("build-2"), warning -> {})
                .write(List.of(), NOW);

        assertThat(read().collected()).contains(NOW);
        assertThat(read().origin()).isEqualTo(ReportFixture.origin("build-1"));
        assertThat(verdict().isGood()).isTrue();
    }

    @Test
    void aStopEndsNoTasksThatNobodyAwaited() {
        ReportFixture.writer(directory).snapshot(ReportFixture.open(List.of(DONE)));

        ResultsWriter.atStop(directory, ReportFixture.origin("build-1"), warning -> {})
                .write(List.of(), NOW);

        assertThat(verdict().isGood()).isFalse();
    }

    @Test
    void aStopOfAnotherFleetLeavesTheResultsAlone() {
        complete("build-1", DONE);
        FleetResults before = read();

        ResultsOrigin other = new ResultsOrigin(new FleetName("other"), "/home/ann/shop", "build-1");
        ResultsWriter.atStop(directory, other, warning -> {}).write(List.of(), NOW);

        assertThat(read()).isEqualTo(before);
        assertThat(verdict().isGood()).isTrue();
        assertThat(directory.resolve("other/changes.json")).exists();
    }

    @Test
    void whatAnEarlierBuildLeftForAScriptOrAServerToReadIsGone() throws IOException {
        complete("build-1", DONE, FAILED);
        Path own = Files.writeString(directory.resolve("junit/TEST-of.another.xml"), "");
        assertThat(directory.resolve("junit/TEST-claude-fleet.reviewer.xml")).exists();

        ReportFixture.writer(directory, "build-2")
                .snapshot(ReportFixture.open(List.of(ReportFixture.never(DONE.task()))));

        assertThat(directory.resolve("junit/TEST-claude-fleet.reviewer.xml")).doesNotExist();
        assertThat(directory.resolve("fixer/done/answer.md")).doesNotExist();
        assertThat(own).exists();
    }

    @Test
    void aFileThatNoVerdictNeedsIsMissedByAWarningAlone() throws IOException {
        Files.createDirectories(directory.resolve("report.html/in-the-way"));
        Files.createDirectories(directory.resolve("summary.md/in-the-way"));
        Files.writeString(directory.resolve("junit"), "a file");
        List<String> warnings = new ArrayList<>();
        ResultsWriter writer = new ResultsWriter(directory, ReportFixture.origin("build-1"), warnings::add);

        writer.snapshot(ReportFixture.open(List.of(DONE)));
        writer.write(ReportFixture.of(List.of(DONE)));
        writer.write(List.of(), NOW);

        assertThat(verdict().isGood()).isTrue();
        assertThat(warnings)
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("report.html: "))
                .anySatisfy(line -> assertThat(line).startsWith("summary.md: "))
                .anySatisfy(line -> assertThat(line).startsWith("junit/TEST-claude-fleet.fixer.xml: "));
    }

    @Test
    void anIndexThatCannotBeWrittenEndsARunButNoSnapshot() throws IOException {
        Files.createDirectories(directory.resolve("fleet.json/in-the-way"));
        ResultsWriter writer = ReportFixture.writer(directory);

        writer.snapshot(ReportFixture.open(List.of(DONE)));
        assertThatThrownBy(() -> writer.write(ReportFixture.of(List.of(DONE))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("fleet.json");
    }

    @Test
    void anIndexThatCannotBeReadIsReplaced() throws IOException {
        Files.writeString(directory.resolve("fleet.json"), "{\"schemaVersion\": 1, \"fl");

        complete("build-1", DONE);

        assertThat(verdict().isGood()).isTrue();
    }

    private void complete(String build, TaskReport... tasks) {
        ResultsWriter writer = ReportFixture.writer(directory, build);
        FleetReport report = ReportFixture.of(List.of(tasks));
        writer.begin(report.fleet(), report.maxCost(), NOW);
        writer.write(report);
        writer.write(List.of(), NOW);
    }

    private FleetResults read() {
        return new ResultFiles(directory).results();
    }

    private FleetVerdict verdict() {
        return FleetVerdict.of(read(), new ResultFiles(directory).changes(), FailOn.DEFAULT, 0, Optional.empty());
    }
}
