package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparison of a run with an earlier one: its texts, and the files that it is read from. */
class ComparisonTest {

    private static final AgentName WORKER = new AgentName("worker");
    private static final Instant YESTERDAY = ReportFixture.BEGIN.minusSeconds(86_400);

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void theSummaryHasARowForEachTaskOfBothRuns() throws IOException {
        begin("build-2", YESTERDAY, earlier());
        begin("build-3", ReportFixture.BEGIN, now());

        assertThat(Files.readString(folder.resolve("summary.md")))
                .contains("""

                        ### Compared with the run of 2026-11-23 08:00:00 Z

                        | task | outcome | time | cost | tokens in | tokens out |
                        |---|---|--:|--:|--:|--:|
                        | worker/a | failed → done | 1m 30s (+30s) | $0.15 (-$0.10) | 1,100 (+100) | 40 (-10) |
                        | worker/b | done | 1m | $0.25 | 1,000 | 50 |
                        | worker/c | new: done | 5s (+5s) | $0.0050 (+$0.0050) | 10 (+10) | 1 (+1) |
                        | worker/d | gone: hung | – (-20s) | – (-$0.40) | – (-2,000) | – (-60) |
                        | total | 1 of 3 done → 3 of 3 done | 10m | $0.41 (-$0.50) | 2,110 (-1,890) | 91 (-69) |
                        """.replace("08:00:00 Z", localYesterday()));
        assertThat(warnings).isEmpty();
    }

    @Test
    void theReportHasASectionWithTheSameRows() {
        Comparison comparison =
                Comparison.of(now(), Optional.of(results(earlier()))).orElseThrow();

        assertThat(HtmlReport.of(now(), Optional.of(comparison), List.of(), ZoneOffset.UTC))
                .contains(
                        "<h2 id=\"comparison\">Compared with the run of 2026-11-23 08:00:00 Z</h2>",
                        "<tr><td><a href=\"#task-worker.a\">worker/a</a></td>"
                                + "<td><span class=\"word bad\">failed</span> → <span class=\"word good\">done</span></td>"
                                + "<td class=\"n\">1m 30s (+30s)</td>"
                                + "<td class=\"n\">$0.15 (-$0.10)</td><td class=\"n\">1,100 (+100)</td>"
                                + "<td class=\"n\">40 (-10)</td></tr>",
                        "<td>new: <span class=\"word good\">done</span></td>",
                        "<tr><td>worker/d</td><td>gone: <span class=\"word bad\">hung</span></td>",
                        "<td>total</td><td>1 of 3 done → 3 of 3 done</td>");
    }

    @Test
    void aRunIsNotComparedBeforeItsEndOrWithItself() {
        FleetReport open = ReportFixture.open(now().tasks());

        assertThat(Comparison.of(open, Optional.of(results(earlier())))).isEmpty();
        assertThat(Comparison.of(now(), Optional.of(results(now())))).isEmpty();
    }

    @Test
    void anotherFleetIsNamed() {
        FleetReport other =
                new FleetReport(new FleetName("bank"), YESTERDAY, Optional.of(YESTERDAY), Optional.empty(), List.of());

        assertThat(new Comparison(other, now()).title(ZoneOffset.UTC))
                .isEqualTo("Compared with the run of 2026-11-23 08:00:00 Z of fleet bank");
    }

    @Test
    void onlyAnEndedRunOfAnEarlierBuildIsKept() {
        Path previous = folder.resolve("fleet.previous.json");
        ReportFixture.writer(folder, "build-1").write(ReportFixture.open(List.of()));
        ReportFixture.writer(folder, "build-2").keepPrevious();
        assertThat(previous).as("of a run that was killed").doesNotExist();

        ReportFixture.writer(folder, "build-2").write(earlier());
        ReportFixture.writer(folder, "build-2").keepPrevious();
        assertThat(previous).as("of this build").doesNotExist();

        new ResultsWriter(folder, new ResultsOrigin(new FleetName("bank"), "/home/ann/shop", "build-3"), warnings::add)
                .keepPrevious();
        assertThat(previous).as("of another fleet").doesNotExist();

        ReportFixture.writer(folder, "build-3").keepPrevious();
        assertThat(previous).exists();
    }

    @Test
    void aGivenFileOrDirectoryIsUsedInsteadOfTheLastBuild() throws IOException {
        begin("build-1", ReportFixture.BEGIN, now());
        Path saved = Files.createDirectories(folder.resolve("saved/shop"));
        ReportFixture.writer(saved, "build-0").write(earlier());

        assertThat(List.of(saved.resolve("fleet.json"), saved, saved.getParent()))
                .allSatisfy(given -> assertThat(find(given))
                        .as(given.toString())
                        .hasValueSatisfying(
                                found -> assertThat(found.report().began()).isEqualTo(YESTERDAY)));
        assertThat(warnings).isEmpty();
    }

    @Test
    void theOwnDirectoryStandsForTheLastBuild() {
        begin("build-1", YESTERDAY, earlier());
        ReportFixture.writer(folder, "build-2").keepPrevious();
        ReportFixture.writer(folder, "build-2").write(ReportFixture.open(List.of()));

        assertThat(find(folder)).isPresent();
        assertThat(find(folder.resolve("fleet.json"))).isPresent();
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatCannotBeComparedIsAWarningThatNamesTheFile() throws IOException {
        Path missing = folder.resolve("missing.json");
        Path noJson = Files.writeString(folder.resolve("no.json"), "<html>");
        Path later = Files.writeString(folder.resolve("later.json"), "{\"schemaVersion\": 2}");
        Path killed = Files.createDirectories(folder.resolve("killed"));
        ReportFixture.writer(killed).write(ReportFixture.open(List.of()));

        for (Path given : List.of(missing, noJson, later, killed)) {
            assertThat(find(given)).as(given.toString()).isEmpty();
        }
        assertThat(warnings)
                .containsExactly(
                        missing + " is not there",
                        noJson + " can't be read (JsonParseException)",
                        later + " is of schemaVersion 2, and this plugin reads 1",
                        killed.resolve("fleet.json") + " is of a run that has not ended, or whose await was killed");
    }

    @Test
    void theVerdictIsTheSameWithAnUnusableComparison() throws IOException {
        Files.writeString(folder.resolve("fleet.previous.json"), "{");
        ResultsWriter writer = ReportFixture.writer(folder);
        writer.compareWith(Optional.empty(), warnings::add);
        writer.write(now());
        writer.write(List.of(), ReportFixture.BEGIN);

        ResultFiles files = new ResultFiles(folder);
        assertThat(FleetVerdict.of(files.results(), files.changes(), FailOn.DEFAULT, 0, Optional.empty())
                        .isGood())
                .isTrue();
        assertThat(warnings).singleElement().asString().startsWith(folder + "/fleet.previous.json can't be read");
        assertThat(Files.readString(folder.resolve("summary.md"))).doesNotContain("Compared");
    }

    @Test
    void theReportOfALaterGoalHasTheComparisonToo() throws IOException {
        begin("build-1", YESTERDAY, earlier());
        begin("build-2", ReportFixture.BEGIN, now());
        Path again = folder.resolve("site/report.html");

        new ResultFiles(folder).writeReport(again, Optional.empty(), warnings::add);

        assertThat(again).content().contains("Compared with the run of");
        assertThat(warnings).isEmpty();
    }

    private Optional<FleetResults> find(Path given) {
        return EarlierRun.find(Optional.of(given), folder, ReportFixture.origin("build-9"), warnings::add);
    }

    private void begin(String build, Instant began, FleetReport report) {
        ResultsWriter writer = ReportFixture.writer(folder, build);
        writer.keepPrevious();
        writer.begin(report.fleet(), report.maxCost(), began);
        writer.compareWith(Optional.empty(), warnings::add);
        writer.write(report);
    }

    private static String localYesterday() {
        return DateTimeFormatter.ofPattern("HH:mm:ss z", Locale.ROOT).format(YESTERDAY.atZone(ZoneId.systemDefault()));
    }

    private static FleetReport earlier() {
        return new FleetReport(
                new FleetName("shop"),
                YESTERDAY,
                Optional.of(YESTERDAY.plusSeconds(600)),
                Optional.empty(),
                List.of(
                        task("a", Outcome.FAILED, 60_000, "0.25", 1000, 50),
                        task("b", Outcome.DONE, 60_400, "0.25", 1000, 50),
                        task("d", Outcome.HUNG, 20_000, "0.40", 2000, 60)));
    }

    private static FleetReport now() {
        return ReportFixture.of(List.of(
                task("a", Outcome.DONE, 90_000, "0.15", 1100, 40),
                task("b", Outcome.DONE, 60_000, "0.25", 1000, 50),
                task("c", Outcome.DONE, 5_000, "0.005", 10, 1)));
    }

    private static FleetResults results(FleetReport report) {
        return ReportFixture.results(report);
    }

    private static TaskReport task(String name, Outcome outcome, int millis, String cost, long in, long out) {
        TaskReport task = ReportFixture.at(TaskId.of(WORKER, name), WORKER, 0, 0);
        return new TaskReport(
                task.task(),
                task.agent(),
                outcome,
                "",
                1,
                new TaskReport.Times(
                        Optional.of(ReportFixture.BEGIN), Optional.of(ReportFixture.BEGIN.plusMillis(millis))),
                task.answer(),
                task.session(),
                new TaskReport.Usage(
                        ReportFixture.usd(cost), new TokenUsage(in / 2, out, in / 2, 0), 1, Duration.ofMillis(1500)),
                task.inputs(),
                task.exit(),
                task.activity());
    }
}
