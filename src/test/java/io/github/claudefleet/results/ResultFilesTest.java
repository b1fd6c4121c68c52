package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.TaskReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTest {

    private static final FleetReport REPORT = ReportFixture.ofEveryOutcome();

    @TempDir
    private Path directory;

    private ResultFiles files;
    private ResultsWriter writer;

    @BeforeEach
    void write() {
        files = new ResultFiles(directory);
        writer = ReportFixture.writer(directory);
        writer.write(REPORT);
    }

    @Test
    void whatWasWrittenIsReadBack() {
        assertThat(files.read()).isEqualTo(REPORT);
    }

    @Test
    void aFleetWithoutTasksIsReadBack() {
        FleetReport none = ReportFixture.of(List.of());
        writer.write(none);

        assertThat(files.read()).isEqualTo(none);
    }

    @Test
    void answersAreFilesOfTheirOwn() {
        assertThat(directory.resolve("fixer/done/answer.md")).content().startsWith("An answer.\nEmoji 🙂");
        assertThat(directory.resolve("fixer/done/answer.json")).hasContent("{\"bugs\":1}\n");
        assertThat(directory.resolve("fixer/not-started")).doesNotExist();
    }

    @Test
    void anAnswerThatNoFileCanHoldIsKeptAsFarAsItCan() {
        TaskReport done = REPORT.tasks().get(0);
        writer.write(ReportFixture.of(List.of(ReportFixture.withAnswer(done, ReportFixture.IMPOSSIBLE))));

        assertThat(directory.resolve("fixer/done/answer.md")).hasContent("a \u0000 b \u0007 c ? d\n");
        assertThat(files.read().tasks()).hasSize(1);
    }

    @Test
    void noFileIsLeftHalfWritten() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all).noneMatch(file -> file.toString().endsWith(".new"));
        }
    }

    @Test
    void whatLooksLikeACredentialIsInNoFile() throws IOException {
        TaskReport done = REPORT.tasks().get(0);
        String key = "sk-ant-" + "api03-aninventedsecret";
        writer.write(ReportFixture.of(
                List.of(ReportFixture.withAnswer(done, "The key is " + key + ", see https://a\",\"b@c"))));

        try (Stream<Path> all = Files.walk(directory).filter(Files::isRegularFile)) {
            assertThat(all).allSatisfy(file -> assertThat(file).content().doesNotContain("aninventedsecret"));
        }
        assertThat(files.read().tasks().get(0).answer().text()).contains("The key is ********, see https://a\",\"b@c");
    }

    @Test
    void theSummaryIsAddedToTheCisOwn() throws IOException {
        Path page = Files.writeString(directory.resolve("page.md"), "# Job\n");
        files.appendSummary(page);

        assertThat(page).content().startsWith("# Job\n## Fleet shop: 1 of 19 tasks done, $4.75\n");
    }

    @Test
    void theSummaryBringsNobodysMarkupToLife() {
        assertThat(directory.resolve("summary.md"))
                .content()
                .contains("| fixer/done | fixer-1 | done | 1m 1s | $0.25 | 7 | status 1 |")
                .contains("- **reviewer/failed**: failed: Emoji 🙂, wide 漢字, \\]\\]\\> \\<script\\>")
                .doesNotContain("<script>");
    }

    @Test
    void roundsAreInTheSummaryAndReadAgainAsTheyWere() {
        AgentName fixer = new AgentName("fixer");
        TaskReport task = ReportFixture.inRounds(TaskId.of(fixer), fixer);
        writer.write(ReportFixture.of(List.of(task)));

        assertThat(files.read().tasks().get(0).exit()).isEqualTo(task.exit());
        assertThat(directory.resolve("summary.md"))
                .content()
                .contains("| fixer | fixer | done | 1m 40s | $0.25 | 7 | ok in round 3 |");
    }

    @Test
    void aCheckThatNeverPassedIsInTheSummaryWithItsLastStatus() {
        AgentName fixer = new AgentName("fixer");
        TaskReport task = ReportFixture.inRounds(TaskId.of(fixer), fixer);
        List<TaskReport.Round> two = task.exit().check().orElseThrow().rounds().subList(0, 2);

        TaskReport.Check failed = new TaskReport.Check("mvn test", 2, two);
        writer.write(ReportFixture.of(List.of(ReportFixture.withCheck(task, failed))));

        assertThat(directory.resolve("summary.md")).content().contains("| status 2 in round 2 |");
    }

    @Test
    void anIndexOfAnEarlierVersionHasNoRounds() throws IOException {
        Path index = directory.resolve("fleet.json");
        Files.writeString(index, Files.readString(index).replaceAll(",\\s*\"rounds\" : \\[ ]", ""));

        assertThat(index).content().contains("\"check\"").doesNotContain("\"rounds\"");
        assertThat(files.read().tasks()).isEqualTo(REPORT.tasks());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaVersion\": 1, \"fleet\": \"sh",
                "{}",
                "[]",
                "{\"schemaVersion\": 2}",
                "{\"schemaVersion\": 1}"
            })
    void anIndexThatCannotBeReadIsNamed(String text) throws IOException {
        Files.writeString(directory.resolve("fleet.json"), text);

        assertThatThrownBy(files::read)
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(directory.resolve("fleet.json").toString());
    }

    @Test
    void aMissingIndexIsNamed() throws IOException {
        Files.delete(directory.resolve("fleet.json"));

        assertThatThrownBy(files::read).hasMessageContaining("fleet.json is not there");
    }

    @Test
    void aLaterVersionsAdditionsAreReadOver() throws IOException {
        Path index = directory.resolve("fleet.json");
        Files.writeString(
                index,
                Files.readString(index)
                        .replaceFirst("\\{", "{\"later\": {\"x\": 1},")
                        .replace("\"agent\" : ", "\"later\": [{\"x\": 1}], \"agent\" : ")
                        .replace("\"input\" : ", "\"later\": 1, \"input\" : "));

        assertThat(files.read()).isEqualTo(REPORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"attempts", "apiSeconds", "costUsd", "tokens", "turns", "steps", "stepsInAll", "denials"})
    void aTaskWithoutARequiredFieldCannotBeRead(String field) throws IOException {
        Path index = directory.resolve("fleet.json");
        ObjectMapper json = new ObjectMapper();
        JsonNode tree = json.readTree(index.toFile());
        ((ObjectNode) tree.at("/tasks/0")).remove(field);
        Files.writeString(index, json.writeValueAsString(tree));

        assertThatThrownBy(files::read).isInstanceOf(InvalidSpecException.class).hasMessageContaining("can't be read");
    }

    @Test
    void anUnwritableDirectoryIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> ReportFixture.writer(file).write(REPORT))
                .hasMessageContaining("can't be written to " + file);
    }

    @Test
    void eachQueueHasItsOwnSuite() {
        assertThat(directory.resolve("junit/TEST-claude-fleet.fixer.xml")).exists();
        assertThat(directory.resolve("junit/TEST-claude-fleet.reviewer.xml")).exists();
        assertThat(REPORT.tasks()).extracting(TaskReport::task).contains(TaskId.parse("fixer/done"));
    }
}
