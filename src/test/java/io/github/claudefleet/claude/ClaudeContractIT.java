package io.github.claudefleet.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.standin.StandInExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks all assumptions of this package about the CLI against the real CLI of the pinned version in the bundled image.
 * {@code bin/raise-cli} runs this test to change to a new version.
 */
class ClaudeContractIT {

    @RegisterExtension
    private static final ScriptContainer BOX =
            ScriptContainer.withRealCli(Shop.fleet("tester").toSpec());

    @RegisterExtension
    private static final StandInExtension STAND_IN = new StandInExtension();

    private static int accounts;

    private final String account = "contract-" + (++accounts);
    private final Place place = BOX.place();

    ClaudeContractIT() {
        place.run("mkdir -p home login");
        place.with("HOME", place.path("home"))
                .with(ClaudeEnvironment.CONFIG_DIRECTORY, place.path("home/" + ClaudeFiles.CONFIG_DIRECTORY))
                .with(ClaudeEnvironment.LOGIN_DIRECTORY, place.path("login"))
                .with(ClaudeEnvironment.BASE_URL, STAND_IN.address())
                .with(ClaudeEnvironment.MAX_RETRIES, "0")
                .with(ClaudeEnvironment.NO_NONESSENTIAL_TRAFFIC, "1")
                .with(ClaudeEnvironment.NO_AUTOUPDATER, "1");
    }

    @Test
    void theVersionIsThePinnedOne() {
        String printed = run(ClaudeCommands.VERSION).output();

        assertThat(CliVersion.parse(printed)).isEqualTo(CliVersion.parse(ImageSpec.DEFAULT_CLAUDE_VERSION));
    }

    @Test
    void theStatusOfNoLoginNamesNone() throws IOException {
        assertThat(credentialInUse().method()).isEqualTo("none");
    }

    @Test
    void theStatusOfALoginIsTheOneThatModeLoginExpects() throws IOException {
        logIn(Duration.ofHours(8));

        assertThat(credentialInUse().problem(LoginMode.LOGIN)).isEmpty();
        assertThat(credentialInUse().problem(LoginMode.API_KEY)).isPresent();
    }

    @Test
    void theLoginIsReadFromTheDirectoryOfTheLoginAlone() {
        logIn(Duration.ofHours(8));

        assertThat(LoginStatusReader.read(run(ClaudeCommands.PROBE)).kind()).isEqualTo(LoginStatus.Kind.VALID);
        assertThat(place.run("ls -A " + place.path("home/" + ClaudeFiles.CONFIG_DIRECTORY))
                        .output())
                .doesNotContain(ClaudeFiles.CREDENTIALS);
    }

    @ParameterizedTest
    @CsvSource({
        "401, REJECTED",
        "403, FORBIDDEN",
        "429, OUT_OF_QUOTA",
        "429-throttle, THROTTLED",
        "529, THROTTLED",
        "400-credit, OUT_OF_CREDIT"
    })
    void eachFailureOfTheServiceHasItsStatus(String behaviour, LoginStatus.Kind expected) {
        logIn(Duration.ofHours(8));
        STAND_IN.control().behaviour(account, behaviour);

        assertThat(LoginStatusReader.read(run(ClaudeCommands.PROBE)).kind()).isEqualTo(expected);
    }

    @Test
    void everyLineOfASessionIsReadAndNoneIsMalformed() {
        logIn(Duration.ofHours(8));
        STAND_IN.control()
                .scripts(
                        account,
                        "[{\"match\":\"Look\",\"turns\":[{\"tool\":\"Bash\",\"input\":{\"command\":\"echo seen\"}},{\"text\":\"done\"}]}]");

        List<Event> events = run(List.of(
                        "claude",
                        "-p",
                        "Look",
                        "--output-format",
                        "stream-json",
                        "--verbose",
                        "--permission-mode",
                        "bypassPermissions"))
                .output()
                .lines()
                .map(EventReader::read)
                .toList();

        assertThat(events).doesNotHaveAnyElementsOfTypes(Event.Malformed.class);
        assertThat(events)
                .hasAtLeastOneElementOfType(Event.SessionInit.class)
                .hasAtLeastOneElementOfType(Event.AssistantMessage.class)
                .hasAtLeastOneElementOfType(Event.ToolResults.class)
                .hasAtLeastOneElementOfType(Event.Result.class);
        assertThat(events)
                .filteredOn(Event.AssistantMessage.class::isInstance)
                .anySatisfy(event -> assertThat(
                                ((Event.AssistantMessage) event).uses().values())
                        .contains(new Event.RequestedTool("Bash", "echo seen")));
    }

    private void logIn(Duration left) {
        place.file("login/" + ClaudeFiles.CREDENTIALS, STAND_IN.control().credentials(account, left));
    }

    private CredentialInUse credentialInUse() throws IOException {
        JsonNode status =
                new ObjectMapper().readTree(run(ClaudeCommands.AUTH_STATUS).output());
        return CredentialInUse.of(status);
    }

    private ExecResult run(List<String> command) {
        return place.run("timeout 100 "
                + String.join(
                        " ", command.stream().map(ClaudeContractIT::quoted).toList()) + " </dev/null");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
