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
import io.github.claudefleet.standin.RecordedRequest;
import io.github.claudefleet.standin.StandInExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    // ---- the login for agents: without a refresh token, in a directory that they cannot write

    @Test
    void aLoginWithoutARefreshTokenIsALogin() throws IOException {
        logInAsAgent(Duration.ofHours(8));

        assertThat(credentialInUse().method()).isEqualTo("claude.ai");
        assertThat(LoginStatusReader.read(run(ClaudeCommands.PROBE)).kind()).isEqualTo(LoginStatus.Kind.VALID);
        assertThat(STAND_IN.control().counts(account).refreshes()).isZero();
    }

    @Test
    void anAgentNeverAsksForAnotherTokenNotEvenForAnExpiredOne() {
        logInAsAgent(Duration.ofSeconds(-60));

        assertThat(LoginStatusReader.read(run(ClaudeCommands.PROBE)).kind()).isEqualTo(LoginStatus.Kind.REJECTED);
        assertThat(requestsForTokens()).isEmpty();
    }

    @Test
    void anAgentTakesTheRenewedTokenInMidWork() {
        logInAsAgent(Duration.ofHours(8));
        STAND_IN.control()
                .scripts(
                        account,
                        "[{\"match\":\"Look\",\"turns\":[{\"tool\":\"Bash\",\"input\":{\"command\":\"touch "
                                + place.path("begun") + "; until [ -e " + place.path("renewed")
                                + " ]; do sleep 0.1; done\"}},{\"text\":\"done\"}]}]");
        place.run("(timeout 100 claude -p Look --permission-mode bypassPermissions >said 2>&1 </dev/null &);"
                + await("[ -e begun ]"));
        logInAsAgent(Duration.ofHours(8));
        STAND_IN.control().formerTokensExpire(account);

        place.run("touch renewed;" + await("grep -q . said"));

        assertThat(place.read("said")).isEqualTo("done\n");
        assertThat(STAND_IN.control().counts(account).messagesByStatus()).containsOnlyKeys(200);
        assertThat(requestsForTokens()).isEmpty();
    }

    @Test
    void aLogoutWithoutTheRefreshTokenEndsNothing() {
        logInAsAgent(Duration.ofHours(8));

        run(ClaudeCommands.AUTH_LOGOUT);

        assertThat(STAND_IN.control().counts(account).revoked()).isZero();
        assertThat(LoginStatusReader.read(run(ClaudeCommands.PROBE)).kind()).isEqualTo(LoginStatus.Kind.VALID);
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

    // ---- options of agents

    static List<String> effortLevels() {
        return ClaudeCommands.EFFORT_LEVELS;
    }

    @ParameterizedTest
    @MethodSource("effortLevels")
    void eachLevelOfEffortReachesTheService(String level) throws IOException {
        assertThat(ask("--model", "opus", "--effort", level))
                .extracting(ClaudeContractIT::effortOf)
                .containsOnly(level);
    }

    @Test
    void anUnknownLevelOfEffortIsIgnoredWithAWarning() throws IOException {
        assertThat(ask("--model", "opus", "--effort", "extreme"))
                .extracting(ClaudeContractIT::effortOf)
                .doesNotContain("extreme");
        assertThat(place.read("errors")).contains("Unknown --effort value 'extreme'");
    }

    @Test
    void aModelThatIsBusyIsReplacedByTheFallbackModel() throws IOException {
        STAND_IN.control().behaviour(account, "529");
        place.with(ClaudeEnvironment.MAX_RETRIES, "4");

        List<JsonNode> requests = ask("--model", "claude-sonnet-4-5", "--fallback-model", "claude-haiku-4-5");

        assertThat(requests)
                .extracting(request -> request.path("model").asText())
                .startsWith("claude-sonnet-4-5")
                .contains("claude-haiku-4-5");
    }

    @Test
    void settingsOfAFileAreUsedBesideTheUsers() throws IOException {
        place.file("settings.json", "{\"permissions\":{\"deny\":[\"Bash\"]}}\n");

        assertThat(toolsOf(ask(ClaudeCommands.SETTINGS_OPTION, place.path("settings.json"))))
                .contains("Read")
                .doesNotContain("Bash");
    }

    @Test
    void theLastFileOfSettingsReplacesAnEarlierOne() throws IOException {
        place.file("settings.json", "{\"permissions\":{\"deny\":[\"Bash\"]}}\n");

        assertThat(toolsOf(ask(
                        ClaudeCommands.SETTINGS_OPTION,
                        place.path("settings.json"),
                        ClaudeCommands.SETTINGS_OPTION,
                        "{}")))
                .contains("Bash");
    }

    @Test
    void settingsThatAreNoJsonAreIgnoredWithAWarning() throws IOException {
        place.file("settings.json", "{\"permissions\":{\"deny\":[\"Bash\"]},}\n");

        assertThat(toolsOf(ask(ClaudeCommands.SETTINGS_OPTION, place.path("settings.json"))))
                .contains("Bash");
        assertThat(place.read("errors")).contains("did not load");
    }

    @Test
    void aLinkedDirectoryAmongAUsersSkillsIsASkillOfItsName() throws IOException {
        place.file("mine/zap/" + ClaudeFiles.SKILL, "---\ndescription: mark-skill\n---\nZap it\n");
        String skills = "home/" + ClaudeFiles.CONFIG_DIRECTORY + "/" + ClaudeFiles.SKILLS;
        place.run("mkdir -p " + skills + " && ln -s " + place.path("mine/zap") + " " + skills + "/zap");

        assertThat(ask()).anyMatch(request -> request.toString().contains("zap: mark-skill"));
    }

    /** Returns the requests for one prompt; side requests of the CLI, which have no tools, are left out. */
    private List<JsonNode> ask(String... arguments) throws IOException {
        logIn(Duration.ofHours(8));
        List<String> command =
                new ArrayList<>(List.of("claude", "-p", "Say yes", "--setting-sources", "user", "--strict-mcp-config"));
        command.addAll(List.of(arguments));
        place.run(line(command) + " 2>errors");
        List<JsonNode> requests = new ArrayList<>();
        for (String body : STAND_IN.control().messages(account)) {
            JsonNode request = new ObjectMapper().readTree(body);
            if (!request.path("tools").isEmpty()) {
                requests.add(request);
            }
        }
        assertThat(requests).as(place.read("errors")).isNotEmpty();
        return requests;
    }

    private static String effortOf(JsonNode request) {
        return request.path("output_config").path("effort").asText();
    }

    private static List<String> toolsOf(List<JsonNode> requests) {
        return requests.get(0).path("tools").findValuesAsText("name");
    }

    private void logIn(Duration left) {
        place.file("login/" + ClaudeFiles.CREDENTIALS, STAND_IN.control().credentials(account, left));
    }

    /** Gives the CLI a login as agents have it: the keeper's copy alone, read-only. */
    private void logInAsAgent(Duration left) {
        place.run("mkdir -p keeper");
        place.file("keeper/" + ClaudeFiles.CREDENTIALS, STAND_IN.control().credentials(account, left));
        place.run("chmod -R u+w login; CLAUDE_SECURESTORAGE_CONFIG_DIR=$HERE/keeper /bin/sh $KIT/expose.sh"
                + " && cp keeper/for-agents/" + ClaudeFiles.CREDENTIALS + " login/new"
                + " && mv login/new login/" + ClaudeFiles.CREDENTIALS + " && chmod 500 login");
        assertThat(place.read("login/" + ClaudeFiles.CREDENTIALS))
                .contains("accessToken")
                .doesNotContainIgnoringCase("refresh");
    }

    private static String await(String condition) {
        return " n=0; until " + condition + " || [ $((n += 1)) -gt 600 ]; do sleep 0.1; done";
    }

    private List<RecordedRequest> requestsForTokens() {
        return STAND_IN.control().requests(account).stream()
                .filter(request -> request.path().startsWith("/v1/oauth/token"))
                .toList();
    }

    private CredentialInUse credentialInUse() throws IOException {
        JsonNode status =
                new ObjectMapper().readTree(run(ClaudeCommands.AUTH_STATUS).output());
        return CredentialInUse.of(status);
    }

    private ExecResult run(List<String> command) {
        return place.run(line(command));
    }

    private static String line(List<String> command) {
        return "timeout 100 "
                + String.join(
                        " ", command.stream().map(ClaudeContractIT::quoted).toList()) + " </dev/null";
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
