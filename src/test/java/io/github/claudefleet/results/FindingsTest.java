package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.claudefleet.spec.FindingsSchema;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Official schema of SARIF 2.1.0, in the form in which OASIS published it. */
    private static final JsonSchema SARIF = JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(FindingsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"));

    private static final JsonSchema OWN =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(FindingsSchema.text());

    private static final String LEAK = finding("error", "resource-leak", "It stays open.", "src/App.java", 3);
    private static final String STYLE = finding("note", "style", "A long line.", "src/App.java", 9);
    private static final String RACE = finding("warning", "race", "No lock.", "src/käse und brot/a:b.java", 7);

    @TempDir
    private Path directory;

    @Test
    void theSchemaAcceptsFindingsAndNothingElse() throws Exception {
        assertThat(OWN.validate(JSON.readTree(answer(LEAK, STYLE)))).isEmpty();
        assertThat(OWN.validate(JSON.readTree(answer()))).isEmpty();
        assertThat(OWN.validate(JSON.readTree("{}"))).isNotEmpty();
        assertThat(OWN.validate(JSON.readTree(answer(LEAK.replace("error", "fatal")))))
                .isNotEmpty();
        assertThat(OWN.validate(JSON.readTree(answer(LEAK.replace("3", "0"))))).isNotEmpty();
    }

    /** The CLI refuses a schema that names a draft which it does not have. */
    @Test
    void theSchemaNamesNoDraft() throws Exception {
        assertThat(JSON.readTree(FindingsSchema.text()).has("$schema")).isFalse();
    }

    @Test
    void theWorstComesFirstInSarif() throws Exception {
        JsonNode sarif = sarif(answer(STYLE, LEAK, RACE));

        assertThat(sarif.at("/runs/0/results").findValuesAsText("ruleId"))
                .containsExactly("resource-leak", "race", "style");
        assertThat(sarif.at("/runs/0/tool/driver/rules").findValuesAsText("id"))
                .containsExactly("race", "resource-leak", "style");
        JsonNode place = sarif.at("/runs/0/results/0/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("src/App.java");
        assertThat(place.at("/artifactLocation/uriBaseId").asText()).isEqualTo("%SRCROOT%");
        assertThat(place.at("/region/startLine").asInt()).isEqualTo(3);
    }

    @Test
    void aPathOfAnyLettersIsAUri() throws Exception {
        String uri = sarif(answer(RACE))
                .at("/runs/0/results/0/locations/0")
                .findValue("uri")
                .asText();

        assertThat(uri).isEqualTo("src/k%C3%A4se%20und%20brot/a%3Ab.java");
        assertThat(URI.create(uri).getPath()).isEqualTo("src/käse und brot/a:b.java");
    }

    @Test
    void gitLabGetsTheFieldsThatItRequires() throws Exception {
        JsonNode report = JSON.readTree(CodeQualityJson.write("", findings(answer(LEAK, STYLE, RACE))));

        assertThat(report).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.path("description").asText()).isNotBlank();
            assertThat(entry.path("check_name").asText()).isNotBlank();
            assertThat(entry.path("fingerprint").asText()).hasSize(64);
            assertThat(entry.path("severity").asText()).isIn("info", "minor", "major", "critical", "blocker");
            assertThat(entry.at("/location/path").asText()).isNotBlank().doesNotStartWith("./");
            assertThat(entry.at("/location/lines/begin").isInt()).isTrue();
        });
        assertThat(report.findValuesAsText("severity")).containsExactly("major", "minor", "info");
    }

    @Test
    void fingerprintsAreUniqueAndStayWhenLinesMove() throws Exception {
        Findings before = findings(answer(LEAK, LEAK.replace("3", "30"), STYLE));
        Findings after = findings(answer(LEAK.replace("3", "5"), LEAK.replace("3", "50"), STYLE));

        assertThat(before.fingerprints()).doesNotHaveDuplicates().hasSize(3).isEqualTo(after.fingerprints());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../x",
                "a/../../x",
                "/workspace/../etc/passwd",
                "C:\\x",
                "C:/x",
                "\\\\host\\x",
                "",
                ".",
                "a\nb",
                "/workspacex/a",
                "a\u0000b"
            })
    void aFileOutsideOfTheWorkspaceIsRefused(String file) throws Exception {
        Findings findings = findings(answer(finding("error", "x", "y", file, 1), LEAK));

        assertThat(findings.all()).extracting(CodeFinding::rule).containsExactly("resource-leak");
        assertThat(findings.problem()).contains("findings that name no file of the workspace are left out: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/workspace/src/App.java", "./src/App.java", "src//x/../App.java", "src/App.java"})
    void aFileOfTheWorkspaceHasOneName(String file) throws Exception {
        assertThat(findings(answer(finding("error", "x", "y", file, 1))).all())
                .extracting(CodeFinding::file)
                .containsExactly("src/App.java");
    }

    @Test
    void noTextOfAFindingIsACommandForGitHub() throws Exception {
        String evil =
                "x\n::add-mask::secret\r\n::set-env name=PATH::/tmp\r::stop-commands::t%0A::debug::\u2028::debug::";
        String finding = finding("error", "a,line=1::b\n::warning::", evil, "src/a,b:c%0A.java", 2);

        assertThat(Annotations.of(ReportFixture.of(List.of(task(Outcome.DONE, answer(finding))))))
                .containsExactly(
                        "::error file=src/a%2Cb%3Ac%250A.java,line=2,endLine=2,title=a%2Cline=1%3A%3Ab %3A%3Awarning%3A%3A::"
                                + "x%0A::add-mask::secret%0A::set-env name=PATH::/tmp ::stop-commands::t%250A::debug:: ::debug::");
    }

    @Test
    void gitHubGetsTenAnnotationsOfEachSeverity() throws Exception {
        String[] many = Stream.of("error", "warning", "note")
                .flatMap(severity -> IntStream.rangeClosed(1, 12)
                        .mapToObj(line -> finding(severity, "rule", severity, "A.java", line)))
                .toArray(String[]::new);

        assertThat(Annotations.of(ReportFixture.of(List.of(task(Outcome.DONE, answer(many))))).stream()
                        .collect(Collectors.groupingBy(line -> line.split(" ")[0], Collectors.counting())))
                .isEqualTo(Map.of("::error", 10L, "::warning", 10L, "::notice", 10L));
    }

    @Test
    void credentialsAreMaskedAndControlCharactersAreGone() throws Exception {
        Findings findings = findings(answer(finding(
                "error", "key", "The key sk-ant-api03-abcdef\u001b[31m\u202e is \u0007here", "src/App.java", 1)));

        assertThat(findings.all().get(0).message()).isEqualTo("The key ******** [31m  is  here");
    }

    @Test
    void noMoreThanGitHubTakesAreWritten() throws Exception {
        String[] many = IntStream.rangeClosed(1, Findings.MOST + 2)
                .mapToObj(line -> finding("warning", "rule", "text", "A.java", line))
                .toArray(String[]::new);
        Findings findings = findings(answer(many));

        assertThat(findings.all()).hasSize(Findings.MOST);
        assertThat(findings.problem()).contains("findings beyond the 25000 that GitHub takes are left out: 2");
    }

    @Test
    void aLongMessageIsCut() throws Exception {
        assertThat(findings(answer(finding("error", "x", "a".repeat(9_000), "A.java", 1)))
                        .all()
                        .get(0)
                        .message())
                .hasSize(4_001)
                .endsWith("…");
    }

    @Test
    void findingsOfSeveralTasksAreMergedWithoutThoseThatWereNotChosen() throws Exception {
        List<TaskReport> tasks = List.of(
                task(Outcome.DONE, answer(LEAK, STYLE)),
                task(Outcome.FAILED, answer(LEAK)),
                task(Outcome.NOT_CHOSEN, answer(RACE)));

        assertThat(Findings.of(ReportFixture.of(tasks)).orElseThrow().all())
                .extracting(CodeFinding::rule)
                .containsExactly("resource-leak", "style");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bugs\":1}",
                "[]",
                "no JSON",
                "{\"findings\":[\"a text\"]}",
                "{\"findings\":[{\"file\":\"a\"}]}",
                "{\"findings\":{}}",
                "null",
                "{\"findings\":[{\"rule\":1,\"severity\":\"error\",\"message\":\"\",\"file\":\"\"}]}"
            })
    void anAnswerOfAnotherFormIsNoFinding(String answer) {
        assertThat(Findings.of(ReportFixture.of(List.of(task(Outcome.DONE, answer)))))
                .isEmpty();
    }

    @Test
    void theFilesGoWhenALaterRunHasNoFindings() throws Exception {
        List<String> warnings = new ArrayList<>();
        ResultsWriter writer = new ResultsWriter(directory, ReportFixture.origin("build-1"), warnings::add);
        writer.write(ReportFixture.of(List.of(task(Outcome.DONE, answer(finding("error", "x", "y", "/etc/x", 1))))));

        assertThat(JSON.readTree(directory.resolve("findings.sarif").toFile()).at("/runs/0/results"))
                .isEmpty();
        assertThat(directory.resolve("gl-code-quality-report.json")).content().isEqualToIgnoringWhitespace("[]");
        assertThat(warnings).containsExactly("findings that name no file of the workspace are left out: 1");

        new ResultsWriter(directory, ReportFixture.origin("build-2"), warnings::add)
                .write(ReportFixture.of(List.of(task(Outcome.DONE, "{\"bugs\":1}"))));
        assertThat(directory.resolve("findings.sarif")).doesNotExist();
        assertThat(directory.resolve("gl-code-quality-report.json")).doesNotExist();
    }

    /** Returns the log, once the official schema accepts it. */
    private static JsonNode sarif(String answer) throws JsonProcessingException {
        JsonNode sarif = JSON.readTree(SarifJson.write("", findings(answer)));
        assertThat(SARIF.validate(sarif)).isEmpty();
        assertThat(SARIF.validate(JSON.readTree("{\"version\":\"2.1.0\"}")))
                .as("a log without runs")
                .isNotEmpty();
        return sarif;
    }

    private static Findings findings(String answer) {
        return Findings.of(ReportFixture.of(List.of(task(Outcome.DONE, answer))))
                .orElseThrow();
    }

    private static TaskReport task(Outcome outcome, String answer) {
        TaskReport task = ReportFixture.task(outcome);
        return new TaskReport(
                task.task(),
                task.agent(),
                outcome,
                task.reason(),
                task.attempts(),
                task.times(),
                new TaskReport.Answer(Optional.of("text"), Optional.of(answer)),
                task.session(),
                task.usage(),
                task.inputs(),
                task.exit(),
                task.activity());
    }

    private static String answer(String... findings) {
        return "{\"findings\":[" + String.join(",", findings) + "]}";
    }

    private static String finding(String severity, String rule, String message, String file, int line) {
        return JSON.createObjectNode()
                .put("severity", severity)
                .put("rule", rule)
                .put("message", message)
                .put("file", file)
                .put("line", line)
                .toString();
    }
}
