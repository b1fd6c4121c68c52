package io.github.claudefleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that {@code changes.json} is valid by its schema, and that reading returns what was written. */
class ChangesJsonTest {

    private static final AgentChanges STASHED = new AgentChanges(
            "fixer-1",
            "worktree",
            null,
            "0a1b",
            "0a1b",
            0,
            0,
            "branch",
            "branch",
            null,
            List.of("refs/claude-fleet/shop/fixer-1/0123/20260101-1/other/stash"),
            List.of("it left commits elsewhere than on its branch"));

    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(ChangesJsonTest.class.getResourceAsStream("changes.schema.json"));

    @TempDir
    private Path temp;

    @Test
    void otherRefsOfAnAgentHaveAFieldOfTheirOwn() throws IOException {
        String json = ChangesJson.write(ReportFixture.origin("build-1"), List.of(STASHED));

        assertThat(check(json)).isEmpty();
        assertThat(json).contains("\"otherRefs\" : [ \"refs/claude-fleet/shop/fixer-1/0123/20260101-1/other/stash\" ]");
        assertThat(read(json)).containsExactly(STASHED);
    }

    @Test
    void resultsThatHaveNoneAreRead() throws IOException {
        String json = ChangesJson.write(ReportFixture.origin("build-1"), List.of(STASHED))
                .replaceFirst("\"otherRefs\" : \\[[^]]*],", "");

        assertThat(read(json))
                .singleElement()
                .satisfies(one -> assertThat(one.otherRefs()).isEmpty());
    }

    @Test
    void theSchemaRefusesWhatItDoesNotKnowAndWhatIsMissing() {
        String json = ChangesJson.write(ReportFixture.origin("build-1"), List.of(STASHED));

        assertThat(check(json.replaceFirst("\\{", "{\"more\": 1,"))).isNotEmpty();
        assertThat(check(json.replace("\"otherRefs\"", "\"refs\""))).isNotEmpty();
        assertThat(check(json.replace("\"worktree\"", "\"bind\""))).isNotEmpty();
        assertThat(check(json.replace("\"files\" : 0", "\"files\" : -1"))).isNotEmpty();
    }

    private Set<ValidationMessage> check(String json) {
        return schema.validate(json, InputFormat.JSON);
    }

    private List<AgentChanges> read(String json) throws IOException {
        Path file = Files.writeString(temp.resolve("changes.json"), json);
        return ChangesJson.read(file).agents();
    }
}
