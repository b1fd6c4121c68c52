package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks fleet.json against the schema that docs/results.md links to. */
class FleetSchemaTest {

    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(FleetSchemaTest.class.getResourceAsStream("fleet.schema.json"));

    @Test
    void everyOutcomeIsWrittenAsTheSchemaHasIt() {
        assertThat(check(FleetJson.write(ReportFixture.results(ReportFixture.ofEveryOutcome()))))
                .isEmpty();
    }

    @Test
    void roundsAreWrittenAsTheSchemaHasIt() {
        AgentName fixer = new AgentName("fixer");
        String json = FleetJson.write(
                ReportFixture.results(ReportFixture.of(List.of(ReportFixture.inRounds(TaskId.of(fixer), fixer)))));

        assertThat(json).contains("\"round\" : 3");
        assertThat(check(json)).isEmpty();
        assertThat(check(json.replaceFirst("\"round\" : 3", "\"round\" : 0"))).isNotEmpty();
    }

    @Test
    void aFleetThatIsStillAtWorkIsWrittenAsTheSchemaHasIt() {
        FleetReport whole = ReportFixture.of(List.of());
        FleetReport open = new FleetReport(
                whole.fleet(), whole.began(), java.util.Optional.empty(), java.util.Optional.empty(), List.of());

        assertThat(check(FleetJson.write(ReportFixture.results(open)))).isEmpty();
    }

    @Test
    void tasksOfEarlierRunsAreWrittenAsTheSchemaHasIt() {
        FleetReport report = ReportFixture.ofEveryOutcome();
        FleetResults results =
                new FleetResults(ReportFixture.origin("build-1"), report, report.tasks(), java.util.Optional.empty());

        assertThat(FleetJson.write(results)).contains("earlierTasks");
        assertThat(check(FleetJson.write(results))).isEmpty();
    }

    @Test
    void hostsAreWrittenAsTheSchemaHasThem() {
        FleetReport report = ReportFixture.ofEveryOutcome();
        FleetResults results = new FleetResults(
                ReportFixture.origin("build-1"), report, List.of(), ReportFixture.USES, java.util.Optional.empty());
        String json = FleetJson.write(results);

        assertThat(json).contains("\"host\" : \"repo.example.org\"");
        assertThat(check(json)).isEmpty();
        assertThat(check(json.replaceFirst("\"refused\" : 3", "\"refused\" : -3")))
                .isNotEmpty();
        assertThat(FleetJson.write(ReportFixture.results(report)))
                .as("a fleet without a gateway has none")
                .doesNotContain("\"egress\"");
    }

    @Test
    void aTaskHasAllFieldsOfTheSchemaInItsOrder() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode fields = json.readTree(FleetSchemaTest.class.getResourceAsStream("fleet.schema.json"))
                .at("/$defs/task/properties");

        String written =
                FleetJson.write(ReportFixture.results(ReportFixture.of(List.of(ReportFixture.task(Outcome.DONE)))));

        assertThat(names(json.readTree(written).at("/tasks/0"))).isEqualTo(names(fields));
    }

    @Test
    void theSchemaRefusesWhatItDoesNotKnowAndWhatIsMissing() {
        String json = FleetJson.write(ReportFixture.results(ReportFixture.ofEveryOutcome()));

        assertThat(check(json.replaceFirst("\\{", "{\"more\": 1,"))).isNotEmpty();
        assertThat(check(json.replaceFirst("\"fleet\"", "\"flee\""))).isNotEmpty();
        assertThat(check(json.replaceFirst("\"check failed\"", "\"dunno\""))).isNotEmpty();
        assertThat(check(json.replaceFirst("\"attempts\" : 2", "\"attempts\" : \"2\"")))
                .isNotEmpty();
    }

    private Set<ValidationMessage> check(String json) {
        return schema.validate(json, InputFormat.JSON);
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
