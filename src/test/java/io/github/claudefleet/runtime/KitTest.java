package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudefleet.engine.UploadFile;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.EgressSpec;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.JavaTools;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KitTest {

    private static final String TOKEN = "sk-ant-oat01-hush_-hush";
    private static final ContainerUser USER = new ContainerUser(1000, 1000);

    // ---- content

    @Test
    void everyFleetHasTheScriptsAndASettledHome() {
        assertThat(pathsOf(Shop.fleet("tester")))
                .containsExactly(
                        "agent.sh",
                        "run.sh",
                        "instructions.sh",
                        "serve.sh",
                        "task.sh",
                        "fence.sh",
                        "signal.sh",
                        "keeper.sh",
                        "keeper-loop.sh",
                        "renew.sh",
                        "expose.sh",
                        "exchange.sh",
                        "identity.sh",
                        "identity.mjs",
                        "federation-loop.sh",
                        "selftest.sh",
                        "settle.sh",
                        "health.sh",
                        "signin.sh",
                        "gitconfig",
                        "home/.claude.json",
                        "hooks/prepare-commit-msg",
                        "state/",
                        "digest");
    }

    @Test
    void promptsAndTrustAreInItToo() {
        FleetBuilder fleet = Shop.fleet("idle")
                .agent(Shop.agent("tester").prompt("Prüfe alles"))
                .caBundle(new CaBundle("a bundle"));

        assertThat(pathsOf(fleet))
                .contains("ca-bundle.pem", "prompts/tester.md")
                .doesNotContain("prompts/idle.md");
        assertThat(content(fleet, "prompts/tester.md")).isEqualTo("Prüfe alles");
        assertThat(content(fleet, "ca-bundle.pem")).isEqualTo("a bundle");
    }

    @Test
    void anAgentsServersAndSettingsAreInItUnderItsName() {
        ClaudeOptions options = new ClaudeOptions(
                "plan", List.of(), Optional.of("{\"mcpServers\":{}}"), Optional.of("{}"), false, ClaudeContext.DEFAULT);
        FleetBuilder fleet = Shop.fleet("idle").agent(Shop.agent("tester").claude(options));

        assertThat(content(fleet, "mcp/tester.json")).isEqualTo("{\"mcpServers\":{}}");
        assertThat(content(fleet, "settings/tester.json")).isEqualTo("{}");
        assertThat(pathsOf(fleet)).doesNotContain("settings/idle.json");
    }

    @Test
    void theDigestIsWrittenLastSoThatItVouchesForTheRest() {
        for (FileSet set : List.of(kit(fleetWithToken()), secrets(fleetWithToken()))) {
            List<UploadFile> files = set.files();

            assertThat(files.get(files.size() - 1).path()).isEqualTo(FileSet.DIGEST);
            assertThat(content(set, FileSet.DIGEST)).isEqualTo(set.digest());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"agent.sh", "keeper.sh", "keeper-loop.sh", "renew.sh", "selftest.sh", "settle.sh", "health.sh"})
    void scriptsAreForTheShellThatEverySystemHas(String script) {
        assertThat(content(Shop.fleet(), script)).startsWith("#!/bin/sh\n").doesNotContain("\r");
    }

    // ---- credential

    @Test
    void aTokenIsInTheFormInWhichTheCliKeepsALoginThatItNeverRefreshes() throws IOException {
        JsonNode login = new ObjectMapper()
                .readTree(content(secrets(fleetWithToken()), ".credentials.json"))
                .path("claudeAiOauth");

        assertThat(login.path("accessToken").asText()).isEqualTo(TOKEN);
        assertThat(login.path("scopes")).extracting(JsonNode::asText).containsExactly("user:inference");
        assertThat(Instant.ofEpochMilli(login.path("expiresAt").asLong())).isEqualTo("2100-01-01T00:00:00Z");
        assertThat(login.has("refreshToken")).isFalse();
    }

    @Test
    void aKeyIsAFileThatTheSettingsNameAndDoNotContain() {
        FleetBuilder fleet = Shop.fleet().credential(LoginMode.API_KEY, Shop.credential(TOKEN));

        assertThat(content(secrets(fleet), "api-key")).isEqualTo(TOKEN);
        assertThat(content(fleet, "home/settings.json"))
                .contains("apiKeyHelper")
                .contains("/claude-fleet/secrets}/api-key")
                .doesNotContain(TOKEN);
    }

    @Test
    void onlyTheOwnerReadsTheCredentialAndNobodyWritesAnyFile() {
        for (LoginMode mode : List.of(LoginMode.TOKEN, LoginMode.API_KEY)) {
            FleetBuilder fleet = Shop.fleet().credential(mode, Shop.credential(TOKEN));
            assertThat(kit(fleet).files())
                    .filteredOn(file -> !file.isFolder())
                    .allSatisfy(file ->
                            assertThat(file.mode() & ~0111).as(file.path()).isEqualTo(0444));
            assertThat(secrets(fleet).files().get(0).mode()).isEqualTo(0400);
        }
    }

    @Test
    void profilesOfAFederationNameTheirFilesAndHaveNoSecret() {
        FleetBuilder fleet = Shop.fleet("tester").egress(EgressSpec.DEFAULT).login(Shop.login(Shop.federation()));

        assertThat(content(fleet, "federation/configs/exchange.json"))
                .isEqualTo("{\"version\":\"1.0\",\"organization_id\":\"00000000-0000-4000-8000-000000000001\","
                        + "\"workspace_id\":\"wrkspc_shop\",\"authentication\":{\"type\":\"oidc_federation\","
                        + "\"federation_rule_id\":\"fdrl_shop\",\"service_account_id\":\"svac_shop\","
                        + "\"identity_token\":{\"source\":\"file\",\"path\":\"/claude-fleet/identity/token\"},"
                        + "\"credentials_path\":\"/claude-fleet/identity/exchanged.json\"}}");
        assertThat(content(fleet, "federation/configs/access.json"))
                .contains("\"credentials_path\":\"/claude-fleet/secrets/access-token.json\"");
        assertThat(content(fleet, "federation/origin")).isEqualTo("environment variable SHOP_ID_TOKEN");
        assertThat(kit(fleet).files())
                .extracting(file -> new String(file.content(), StandardCharsets.UTF_8))
                .noneMatch(text -> text.contains("eyJ.invented"));
        assertThat(Kit.secrets(fleet.toSpec())).isEmpty();
    }

    /** The CLI refuses an access token's file that others can read. */
    @Test
    void anAccessTokensPlaceholderIsReadByTheOwnerAlone() {
        FleetBuilder fleet = Shop.fleet("tester").egress(EgressSpec.DEFAULT).login(Shop.login(Shop.federation()));

        assertThat(kit(fleet).files())
                .filteredOn(file -> file.path().equals("placeholder/access-token.json"))
                .singleElement()
                .satisfies(file -> assertThat(file.mode()).isEqualTo(0400));
        assertThat(content(fleet, "placeholder/access-token.json"))
                .contains("\"access_token\":\"sk-ant-placeholder")
                .contains("\"expires_at\":4102444800");
    }

    @Test
    void anIdentityIsReadByTheOwnerAlone() {
        FileSet given = Kit.identity(
                        Shop.fleet().login(Shop.login(Shop.federation())).toSpec())
                .orElseThrow();
        FileSet endpoint = Kit.identity(Shop.fleet()
                        .login(Shop.login(Shop.federation(
                                new IdentitySource.GitHubEndpoint("https://x.example/?a=b", Secret.of("job")))))
                        .toSpec())
                .orElseThrow();

        assertThat(content(given, "given")).isEqualTo("eyJ.invented.identity");
        assertThat(content(endpoint, "request-url")).isEqualTo("https://x.example/?a=b");
        assertThat(content(endpoint, "request-token")).isEqualTo("job");
        assertThat(Stream.of(given, endpoint).map(FileSet::files).flatMap(List::stream))
                .filteredOn(file -> !file.path().equals(FileSet.DIGEST))
                .allSatisfy(file -> assertThat(file.mode()).isEqualTo(0400));
        assertThat(given.files().toString() + given).doesNotContain("invented");
        assertThat(Kit.identity(Shop.fleet().toSpec())).isEmpty();
    }

    @Test
    void mavensPasswordsAreReadByTheOwnerAlone() {
        FleetBuilder fleet =
                Shop.fleet("tester").java(new JavaTools(Optional.empty(), Optional.of(Secret.of("<settings/>"))));

        FileSet settings = Kit.mavenSettings(fleet.toSpec()).orElseThrow();
        assertThat(content(settings, "settings.xml")).isEqualTo("<settings/>");
        assertThat(settings.files().get(0).mode()).isEqualTo(0400);
        assertThat(Kit.secrets(fleet.toSpec())).isEmpty();
        assertThat(kit(fleet).files()).noneMatch(file -> file.path().equals("settings.xml"));
    }

    @Test
    void theKitItselfHasNothingSecretInIt() {
        for (LoginMode mode : List.of(LoginMode.TOKEN, LoginMode.API_KEY)) {
            assertThat(kit(Shop.fleet().credential(mode, Shop.credential(TOKEN)))
                            .files())
                    .extracting(file -> new String(file.content(), StandardCharsets.UTF_8))
                    .noneMatch(text -> text.contains(TOKEN));
        }
    }

    @Test
    void aLoginThatIsKeptInADirectoryIsNoSecretOfTheKits() {
        assertThat(Kit.secrets(Shop.fleet().toSpec())).isEmpty();
    }

    @Test
    void theFolderForTheKeepersStateIsItsUsersAlone() {
        assertThat(kit(Shop.fleet(USER)).files())
                .filteredOn(UploadFile::isFolder)
                .singleElement()
                .satisfies(folder -> {
                    assertThat(folder.mode()).isEqualTo(0700);
                    assertThat(folder.owner()).isEqualTo(USER);
                });
    }

    @Test
    void everyFileBelongsToWhoTheContainersRunAs() {
        ContainerUser user = new ContainerUser(1001, 50);

        FleetBuilder fleet = fleetWithToken(user);
        assertThat(Stream.of(kit(fleet), secrets(fleet)).map(FileSet::files).flatMap(List::stream))
                .extracting(UploadFile::owner)
                .containsOnly(user);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "API_KEY"})
    void noFileShowsWhatIsInIt(LoginMode mode) {
        FleetBuilder fleet = Shop.fleet().credential(mode, Shop.credential(TOKEN));

        assertThat(secrets(fleet).files().toString() + secrets(fleet)).doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a\"b", "a\\b", "a\nb", "tökën", "a\u0000b", "{\"accessToken\":\"x\"}"})
    void whatNoTokenLooksLikeIsRefusedWithoutBeingShown(String token) {
        FleetBuilder fleet = Shop.fleet().credential(LoginMode.TOKEN, Shop.credential(token));

        assertThatThrownBy(() -> secrets(fleet))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("auth.mode is token, but what was given is not one")
                .hasMessageNotContaining(token);
    }

    // ---- digest

    @Test
    void theSameFleetHasTheSameDigest() {
        assertThat(kit(fleetWithToken()).digest())
                .isEqualTo(kit(fleetWithToken()).digest());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void anythingElseInItIsAnotherDigest(String what, FleetBuilder fleet) {
        assertThat(kit(fleet).digest()).as(what).isNotEqualTo(kit(base()).digest());
    }

    static Stream<Arguments> anythingElseInItIsAnotherDigest() {
        return Stream.of(
                arguments(
                        "another prompt",
                        Shop.fleet().agent(Shop.agent("tester").prompt("Other"))),
                arguments(
                        "another agent's prompt",
                        Shop.fleet().agent(Shop.agent("other").prompt("Test"))),
                arguments("one more prompt", base().agent(Shop.agent("other").prompt("Test"))),
                arguments("no prompt", Shop.fleet("tester")),
                arguments("a bundle", base().caBundle(new CaBundle("pem"))),
                arguments("another bundle", base().caBundle(new CaBundle("other pem"))),
                arguments("a key", base().credential(LoginMode.API_KEY, Shop.credential(TOKEN))));
    }

    @Test
    void anotherCredentialIsAnotherDigest() {
        for (LoginMode mode : List.of(LoginMode.TOKEN, LoginMode.API_KEY)) {
            assertThat(secrets(base().credential(mode, Shop.credential(TOKEN))).digest())
                    .isNotEqualTo(secrets(base().credential(mode, Shop.credential(TOKEN + "x")))
                            .digest());
        }
    }

    @Test
    void anIdleAgentMoreIsTheSameKit() {
        assertThat(kit(base().agent(Shop.agent("idle"))).digest())
                .isEqualTo(kit(base()).digest());
    }

    private static FleetBuilder base() {
        return Shop.fleet().agent(Shop.agent("tester").prompt("Test"));
    }

    private static FleetBuilder fleetWithToken() {
        return fleetWithToken(USER);
    }

    private static FleetBuilder fleetWithToken(ContainerUser user) {
        return Shop.fleet(user).credential(LoginMode.TOKEN, Shop.credential(TOKEN));
    }

    private static FileSet kit(FleetBuilder fleet) {
        return Kit.of(fleet.toSpec());
    }

    private static FileSet secrets(FleetBuilder fleet) {
        return Kit.secrets(fleet.toSpec()).orElseThrow();
    }

    private static List<String> pathsOf(FleetBuilder fleet) {
        return kit(fleet).files().stream().map(UploadFile::path).toList();
    }

    private static String content(FleetBuilder fleet, String path) {
        return content(kit(fleet), path);
    }

    private static String content(FileSet set, String path) {
        return set.files().stream()
                .filter(file -> file.path().equals(path))
                .map(file -> new String(file.content(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is not in it"));
    }
}
