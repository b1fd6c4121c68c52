package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.Exposure;
import io.github.claudefleet.spec.Federation;
import io.github.claudefleet.spec.FleetSpec;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workload identity federation in a pom and in the variables of a CI job. */
class FederationConfigurationTest {

    private static final String ORGANIZATION = "00000000-0000-4000-8000-000000000001";
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln";
    private static final String URL = "https://pipelines.example/token?api-version=2.0";

    @TempDir
    Path project;

    private final Map<String, String> properties = new HashMap<>(
            Map.of("auth.mode", "federation", "auth.federationRule", "fdrl_1", "auth.organization", ORGANIZATION));
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void thePomNamesRuleOrganizationAndVariable() {
        properties.putAll(Map.of(
                "auth.serviceAccount", "svac_1",
                "auth.workspace", "wrkspc_1",
                "auth.audience", "api://fleet",
                "auth.env", "CLAUDE_ID_TOKEN"));
        environment.put("CLAUDE_ID_TOKEN", JWT + "\n");

        assertThat(spec().login().mode()).isEqualTo(LoginMode.FEDERATION);
        assertThat(federation())
                .isEqualTo(new Federation(
                        "fdrl_1",
                        ORGANIZATION,
                        Optional.of("svac_1"),
                        Optional.of("wrkspc_1"),
                        "api://fleet",
                        new IdentitySource.TokenVariable("CLAUDE_ID_TOKEN", Secret.of(JWT))));
    }

    @Test
    void theVariablesOfTheCliNeedNoPom() throws IOException {
        properties.keySet().retainAll(Set.of("auth.mode"));
        environment.putAll(Map.of(
                "ANTHROPIC_FEDERATION_RULE_ID", "fdrl_2",
                "ANTHROPIC_ORGANIZATION_ID", ORGANIZATION,
                "ANTHROPIC_SERVICE_ACCOUNT_ID", "svac_2",
                "ANTHROPIC_WORKSPACE_ID", "default",
                "ANTHROPIC_IDENTITY_TOKEN_FILE", "token"));
        Files.writeString(project.resolve("token"), JWT);

        assertThat(federation())
                .isEqualTo(new Federation(
                        "fdrl_2",
                        ORGANIZATION,
                        Optional.of("svac_2"),
                        Optional.of("default"),
                        "https://api.anthropic.com",
                        new IdentitySource.TokenFile(project.resolve("token"), Secret.of(JWT))));
    }

    @Test
    void agentsHaveAPlaceholderUnlessThePomSaysOtherwise() {
        environment.put("ANTHROPIC_IDENTITY_TOKEN", JWT);
        assertThat(spec().login().exposure()).isEqualTo(Exposure.GATEWAY);

        properties.put("auth.exposure", "agent");
        assertThat(spec().login().exposure()).isEqualTo(Exposure.AGENT);
    }

    // ---- where the identity token comes from

    @Test
    void gitHubsEndpointComesBeforeAFileThatNobodyRenews() throws IOException {
        environment.putAll(Map.of(
                "ACTIONS_ID_TOKEN_REQUEST_URL", URL,
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "job",
                "ANTHROPIC_IDENTITY_TOKEN_FILE", "token"));
        Files.writeString(project.resolve("token"), JWT);

        assertThat(federation().identity())
                .isEqualTo(new IdentitySource.GitHubEndpoint(
                        URL + "&audience=https%3A%2F%2Fapi.anthropic.com", Secret.of("job")));
        environment.put("ACTIONS_ID_TOKEN_REQUEST_URL", "https://ghes.example/token");
        assertThat(federation().identity())
                .isEqualTo(new IdentitySource.GitHubEndpoint(
                        "https://ghes.example/token?audience=https%3A%2F%2Fapi.anthropic.com", Secret.of("job")));
    }

    @Test
    void aFileOfThePomComesBeforeWhatTheJobOffers() throws IOException {
        environment.putAll(Map.of("ACTIONS_ID_TOKEN_REQUEST_URL", URL, "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "job"));
        properties.put("auth.file", "token");
        Files.writeString(project.resolve("token"), JWT);

        assertThat(federation().identity().origin()).isEqualTo("file " + project.resolve("token"));
    }

    /** Such files come from an editor, from {@code echo}, and from PowerShell's redirection. */
    @ParameterizedTest
    @CsvSource({"UTF-8, ''", "UTF-8, '\ufeff'", "UTF-16LE, '\ufeff'", "UTF-16BE, '\ufeff'"})
    void aFilesByteOrderMarkAndLineEndAreNoPartOfTheToken(String charset, String mark) throws IOException {
        properties.put("auth.file", "token");
        Files.write(project.resolve("token"), (mark + JWT + "\r\n").getBytes(Charset.forName(charset)));

        assertThat(federation().identity())
                .isEqualTo(new IdentitySource.TokenFile(project.resolve("token"), Secret.of(JWT)));
    }

    /** The link of a projected token leads through another one, which is replaced at each renewal. */
    @Test
    void aProjectedTokenKeepsThePathOfItsLink() throws IOException {
        Files.createDirectory(project.resolve("..2026_01"));
        Files.writeString(project.resolve("..2026_01/token"), JWT);
        Files.createSymbolicLink(project.resolve("..data"), Path.of("..2026_01"));
        Files.createSymbolicLink(project.resolve("token"), Path.of("..data/token"));
        properties.put("auth.file", "token");

        assertThat(federation().identity())
                .isEqualTo(new IdentitySource.TokenFile(project.resolve("token"), Secret.of(JWT)));
    }

    @Test
    void noTextShowsTheToken() {
        environment.put("ANTHROPIC_IDENTITY_TOKEN", JWT);

        assertThat(federation().toString()).doesNotContain(JWT).doesNotContain("eyJ");
    }

    // ---- refusals

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GITHUB_ACTIONS | true | GitHub gives this job no identity token | permissions: id-token: write",
                "GITLAB_CI      | true | nothing says where the identity token is | Add id_tokens to the GitLab job",
                "CI             | true | nothing says where the identity token is | Set auth.file or auth.env",
                "ACTIONS_ID_TOKEN_REQUEST_URL | https://x | but not ACTIONS_ID_TOKEN_REQUEST_TOKEN | Hand both",
            })
    void aJobWithoutAnIdentityTokenIsToldWhatToAdd(String variable, String value, String what, String next) {
        environment.put(variable, value);

        assertThat(refusal().getMessage())
                .startsWith("auth.mode is federation, ")
                .contains(what);
        assertThat(refusal().suggestion()).contains(next);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth.federationRule | rule    | \"rule\" is no such id, which begins with fdrl_",
                "auth.federationRule | fdrl_ä  | is no such id",
                "auth.federationRule | ' '     | is missing",
                "auth.organization   | my org  | is no such id",
                "auth.serviceAccount | me@x    | is no such id, which begins with svac_",
                "auth.workspace      | main    | is no such id, which begins with wrkspc_",
                "auth.audience       | a b     | is no audience",
                "auth.env            | ABSENT  | names the environment variable ABSENT, which is not set",
                "auth.env            | EMPTY   | names the environment variable EMPTY, which is empty",
                "auth.file           | absent  | can't be read",
                "auth.serverId       | fleet   | is of no use in mode federation",
            })
    void aWrongValueIsRefusedByItsParameter(String parameter, String value, String what) {
        environment.putAll(Map.of("ANTHROPIC_IDENTITY_TOKEN", JWT, "EMPTY", ""));
        properties.put(parameter, value);

        assertThat(refusal().getMessage()).startsWith(parameter + " ").contains(what);
        assertThat(refusal().getMessage()).doesNotContain(JWT);
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        properties.put("auth.file", "token");
        Files.write(project.resolve("token"), "\ufeff\n".getBytes(StandardCharsets.UTF_8));

        assertThat(refusal().getMessage()).isEqualTo("auth.file " + project.resolve("token") + " is empty");
    }

    @Test
    void twoOriginsAreOneTooMany() {
        properties.putAll(Map.of("auth.env", "A", "auth.file", "b"));

        assertThat(refusal().getMessage()).contains("auth.env and auth.file both say where");
    }

    @Test
    void aRuleIsOfNoUseInAnotherMode() {
        properties.put("auth.mode", "login");

        assertThat(refusal().getMessage()).isEqualTo("auth.federationRule is of no use in mode login");
    }

    private InvalidSpecException refusal() {
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, this::spec);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    private Federation federation() {
        return spec().login().federation().orElseThrow();
    }

    private FleetSpec spec() {
        ConfigurationContext context = new ConfigurationContext(
                project, HomeDirectory.at(project), environment, name -> Optional.empty(), id -> Optional.empty());
        return new FleetConfiguration()
                .fillFrom(name -> Optional.ofNullable(properties.get(name)))
                .toSpec(Shop.idOf("shop"), context, new ContainerUser(1000, 1000));
    }
}
