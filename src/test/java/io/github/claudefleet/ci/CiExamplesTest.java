package io.github.claudefleet.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.claudefleet.docs.ProjectFiles;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the examples for CI systems. The project ci-examples runs their commands. */
class CiExamplesTest {

    private static final String FOLDER = "src/examples/ci/";
    private static final String GITHUB = FOLDER + "claude-fleet.yml";
    private static final String GITLAB = FOLDER + ".gitlab-ci.yml";
    private static final String JENKINS = FOLDER + "Jenkinsfile";

    @Test
    void gitHubsOwnSchemaAcceptsTheWorkflow() throws IOException {
        assertThat(WorkflowSchema.load().validate(CiExample.tree(ProjectFiles.read(GITHUB))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "    steps:,                   stepz:",
        "runs-on: ubuntu-latest,       runs-at: ubuntu-latest",
        "  contents: read,             contents: see",
        "        run: >-,              ran: >-",
        "      - uses: actions/checkout@v6, - use: actions/checkout@v6",
        "  pull_request:,              pull_requests:",
        "timeout-minutes: 60,          timeout-minutes: an hour"
    })
    void gitHubsOwnSchemaRefusesMistakes(String right, String wrong) throws IOException {
        String text = ProjectFiles.read(GITHUB);
        String mistaken = text.replace(right.strip(), wrong.strip());

        assertThat(mistaken).isNotEqualTo(text);
        assertThat(WorkflowSchema.load().validate(CiExample.tree(mistaken))).isNotEmpty();
    }

    @Test
    void gitLabsOwnSchemaAcceptsTheJob() {
        assertThat(gitLab().validate(CiExample.tree(ProjectFiles.read(GITLAB)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "  script:,      scripts:",
        "when: always,   when: ever",
        "junit:,         junits:",
        "interruptible: true, interruptible: often"
    })
    void gitLabsOwnSchemaRefusesMistakes(String right, String wrong) {
        String text = ProjectFiles.read(GITLAB);
        String mistaken = text.replace(right.strip(), wrong.strip());

        assertThat(mistaken).isNotEqualTo(text);
        assertThat(gitLab().validate(CiExample.tree(mistaken))).isNotEmpty();
    }

    /** GitHub pastes an expression into the command's text, where a branch's name could be a command. */
    @Test
    void noExpressionIsPartOfACommand() {
        assertThat(CiExample.gitHub(ProjectFiles.read(GITHUB)).script())
                .isNotEmpty()
                .noneMatch(command -> command.contains("${{"));
    }

    @ParameterizedTest
    @ValueSource(strings = {GITHUB, GITLAB, JENKINS})
    void eachOptionIsAParameterOfThePlugin(String example) {
        List<String> options = Pattern.compile("-D(claude-fleet\\.[\\w.]+)")
                .matcher(ProjectFiles.read(example))
                .results()
                .map(MatchResult::group)
                .map(option -> option.substring(2))
                .toList();
        String reference = ProjectFiles.read("docs/goals.md") + ProjectFiles.read("docs/configuration.md");

        assertThat(options)
                .isNotEmpty()
                .allSatisfy(option -> assertThat(reference).contains(option));
    }

    private static JsonSchema gitLab() {
        return JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(CiExamplesTest.class.getResourceAsStream("/schema/gitlab-ci.json"));
    }
}
