package io.github.claudefleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.task.Outcome;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Checks docs/results.md, the reference for readers of results. */
class ResultsReferenceTest {

    private static final String SCHEMA = "src/main/resources/io/github/claudefleet/results/fleet.schema.json";
    private static final String CHANGES = "src/main/resources/io/github/claudefleet/results/changes.schema.json";

    private final String document = ProjectFiles.read("docs/results.md");

    @Test
    void namesEveryFieldOfTheIndex() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(ProjectFiles.read(SCHEMA));

        assertThat(schema.at("/$defs/task/properties").fieldNames())
                .toIterable()
                .hasSizeGreaterThan(20)
                .allSatisfy(field -> assertThat(document).containsPattern("`(tasks\\[\\]\\.)?" + field + "`"));
        assertThat(schema.at("/properties").fieldNames())
                .toIterable()
                .filteredOn(field -> !field.equals("tasks"))
                .allSatisfy(field -> assertThat(document).contains("`" + field + "`"));
    }

    @Test
    void namesEveryFieldAndWordOfTheChanges() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(ProjectFiles.read(CHANGES));
        String section = document.substring(document.indexOf("## changes.json"));
        JsonNode agent = schema.at("/properties/agents/items/properties");

        assertThat(schema.at("/properties").fieldNames())
                .toIterable()
                .allSatisfy(field -> assertThat(section).containsPattern("`" + field + "(\\[\\])?`"));
        assertThat(agent.fieldNames())
                .toIterable()
                .hasSizeGreaterThan(10)
                .allSatisfy(field -> assertThat(section).contains("`" + field + "`"));
        assertThat(agent.at("/outcome/enum"))
                .allSatisfy(word -> assertThat(section).contains("`" + word.asText() + "`"));
    }

    @Test
    void hasARowForEachOutcome() {
        assertThat(document.lines()
                        .dropWhile(line -> !line.equals("## Outcomes"))
                        .takeWhile(line -> !line.equals("## fleet.json"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("`")[1]))
                .containsExactlyElementsOf(
                        Arrays.stream(Outcome.values()).map(Outcome::value).toList());
    }
}
