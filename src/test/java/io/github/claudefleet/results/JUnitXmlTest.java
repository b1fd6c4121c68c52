package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.SurefireReportParser;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** JUnit files, read with the parser of maven-surefire-report-plugin. */
class JUnitXmlTest {

    @TempDir
    private Path directory;

    @Test
    void aSuiteHasATestForEachTask() throws Exception {
        ReportTestSuite suite = parse(
                new AgentName("fixer"),
                ReportFixture.ofEveryOutcome().tasks().stream()
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
        ReportTestCase test = parse(new AgentName("fixer"), List.of(ReportFixture.task(Outcome.CHECK_FAILED)))
                .getTestCases()
                .get(0);

        assertThat(test.hasFailure()).isTrue();
        assertThat(test.getFailureType()).isEqualTo("check failed");
        assertThat(test.getFailureMessage()).startsWith("Emoji 🙂, wide 漢字, ]]> <script>alert(1)</script>");
        assertThat(test.getTime()).isEqualTo(61.5f);
    }

    @Test
    void everyOutcomeIsValidBySurefiresOwnSchema() throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(surefiresSchema().toFile());
        String text = JUnitXml.of(
                "", new AgentName("fixer"), ReportFixture.ofEveryOutcome().tasks());

        schema.newValidator().validate(new StreamSource(new StringReader(text)));

        assertThatThrownBy(() -> schema.newValidator()
                        .validate(new StreamSource(new StringReader(text.replace("classname=", "klass=")))))
                .as("the schema minds what it is given")
                .isInstanceOf(SAXException.class);
    }

    @Test
    void whatXmlHasNoPlaceForIsReplaced() {
        String text = JUnitXml.of(
                "",
                new AgentName("fixer"),
                List.of(ReportFixture.withAnswer(ReportFixture.task(Outcome.DONE), ReportFixture.IMPOSSIBLE)));

        assertThat(text).contains("a \uFFFD b \uFFFD c \uFFFD d");
    }

    @Test
    void aLongAnswerIsCut() {
        String text = JUnitXml.of(
                "",
                new AgentName("fixer"),
                List.of(ReportFixture.withAnswer(ReportFixture.task(Outcome.DONE), "x".repeat(5 << 20))));

        assertThat(text).hasSizeLessThan(70_000).contains("more in answer.md");
    }

    @Test
    void theReportPluginFindsTheFiles() {
        ReportFixture.writeTo(directory);

        List<ReportTestSuite> suites = new SurefireReportParser(
                        List.of(directory.resolve("junit").toFile()), new NullConsoleLogger())
                .parseXMLReportFiles();
        assertThat(suites).extracting(ReportTestSuite::getName).containsExactlyInAnyOrder("fixer", "reviewer");
    }

    /** Schema from Surefire's sources, which the build unpacks. */
    private static Path surefiresSchema() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target/surefire-schema"))) {
            return files.filter(file -> file.endsWith("surefire-test-report.xsd"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static ReportTestSuite parse(AgentName queue, List<TaskReport> tasks) throws Exception {
        byte[] bytes = JUnitXml.of("", queue, tasks).getBytes(StandardCharsets.UTF_8);
        return new TestSuiteXmlParser(new NullConsoleLogger())
                .parse(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))
                .get(0);
    }
}
