package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.work.Outcome;
import io.github.claudefleet.work.TaskReport;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.SurefireReportParser;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JUnit files, read back by what maven-surefire-report-plugin reads reports with. */
class JUnitXmlTest {

    @TempDir
    private Path directory;

    @Test
    void aSuiteHasATestForEachTask() throws Exception {
        ReportTestSuite suite = parse(
                new AgentName("fixer"),
                SampleReport.ofEveryOutcome().tasks().stream()
                        .filter(task -> task.task().queue().value().equals("fixer"))
                        .toList());

        assertThat(suite.getFullClassName()).isEqualTo("claude-fleet.fixer");
        assertThat(suite.getNumberOfTests()).isEqualTo(7);
        assertThat(suite.getTestCases())
                .filteredOn(ReportTestCase::isSuccessful)
                .extracting(ReportTestCase::getName)
                .containsExactly("done");
        assertThat(suite.getNumberOfSkipped()).isEqualTo(1);
        assertThat(suite.getNumberOfFailures() + suite.getNumberOfErrors()).isEqualTo(5);
    }

    @Test
    void aFailureIsToldByTheOutcomesWordAndItsReason() throws Exception {
        ReportTestCase test = parse(new AgentName("fixer"), List.of(SampleReport.task(Outcome.CHECK_FAILED)))
                .getTestCases()
                .get(0);

        assertThat(test.hasFailure()).isTrue();
        assertThat(test.getFailureType()).isEqualTo("check failed");
        assertThat(test.getFailureMessage()).startsWith("Emoji 🙂, wide 漢字, ]]> <script>alert(1)</script>");
        assertThat(test.getTime()).isEqualTo(61.5f);
    }

    @Test
    void whatXmlHasNoPlaceForIsReplaced() {
        String text = JUnitXml.of(
                new AgentName("fixer"),
                List.of(SampleReport.withAnswer(SampleReport.task(Outcome.DONE), SampleReport.IMPOSSIBLE)));

        assertThat(text).contains("a \uFFFD b \uFFFD c \uFFFD d");
    }

    @Test
    void aLongAnswerIsCut() {
        String text = JUnitXml.of(
                new AgentName("fixer"),
                List.of(SampleReport.withAnswer(SampleReport.task(Outcome.DONE), "x".repeat(5 << 20))));

        assertThat(text).hasSizeLessThan(70_000).contains("more in answer.md");
    }

    @Test
    void theReportPluginFindsTheFiles() {
        new ResultFiles(directory).write(SampleReport.ofEveryOutcome());

        List<ReportTestSuite> suites = new SurefireReportParser(
                        List.of(directory.resolve("junit").toFile()), new NullConsoleLogger())
                .parseXMLReportFiles();
        assertThat(suites).extracting(ReportTestSuite::getName).containsExactlyInAnyOrder("fixer", "reviewer");
    }

    private static ReportTestSuite parse(AgentName queue, List<TaskReport> tasks) throws Exception {
        byte[] bytes = JUnitXml.of(queue, tasks).getBytes(StandardCharsets.UTF_8);
        return new TestSuiteXmlParser(new NullConsoleLogger())
                .parse(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))
                .get(0);
    }
}
