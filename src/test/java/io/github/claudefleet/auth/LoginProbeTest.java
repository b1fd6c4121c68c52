package io.github.claudefleet.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.claude.FakeCli;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.LoginStatus.Kind;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.spec.LoginMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginProbeTest {

    @TempDir
    Path directory;

    private final FakeCli cli = new FakeCli().answers("answered");

    @Test
    void believesARealAnswerOnly() {
        LoginFile.write(directory, LoginFile.GOOD);
        LoginProbe probe = probe(LoginMode.LOGIN);
        assertThat(probe.prove(Duration.ofSeconds(30)).isValid()).isTrue();
        assertThat(probe.method()).isEqualTo("claude.ai");
        assertThat(cli.requests()).singleElement().satisfies(request -> {
            assertThat(request.command()).startsWith("timeout", "-k", "5", "30", "claude", "-p");
            assertThat(request.environment()).containsEntry("CLAUDE_CODE_MAX_RETRIES", "0");
        });
    }

    @Test
    void asksNobodyWhatTheFileAlreadyTells() {
        assertThat(probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30)).kind()).isEqualTo(Kind.ABSENT);
        assertThat(cli.requests()).isEmpty();
    }

    @Test
    void needsNoFileForAKey() {
        cli.reports("{\"authMethod\":\"api_key_helper\",\"apiKeySource\":\"apiKeyHelper\"}");
        assertThat(probe(LoginMode.API_KEY).prove(Duration.ofSeconds(30)).isValid())
                .isTrue();
    }

    @Test
    void asksNoModelWithAnIdentityTokenThatWasRefused() {
        cli.reports("{\"authMethod\":\"oauth_token\"}").exchanges("verdict=audience\ndetail=for another\n");
        assertThat(probe(LoginMode.FEDERATION).prove(Duration.ofSeconds(30)))
                .isEqualTo(LoginStatus.of(Kind.WRONG_AUDIENCE, "for another"));
        assertThat(cli.requests()).isEmpty();
    }

    @Test
    void provesAnAccessTokenByARequestLikeAnyOtherCredential() {
        cli.reports("{\"authMethod\":\"oauth_token\"}").answers("rejected");
        assertThat(probe(LoginMode.FEDERATION).prove(Duration.ofSeconds(30)).text())
                .startsWith("rejected by the service");
        assertThat(cli.requests()).hasSize(1);
    }

    @Test
    void missesTheCli() {
        LoginFile.write(directory, LoginFile.GOOD);
        cli.isMissing();
        assertThat(probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30)).kind()).isEqualTo(Kind.CLI_MISSING);
    }

    @Test
    void asksNothingOfACliThatIsTooOld() {
        LoginFile.write(directory, LoginFile.GOOD);
        cli.isOfVersion("2.1.224");
        assertThat(probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30)))
                .isEqualTo(LoginStatus.of(Kind.CLI_TOO_OLD, "it is 2.1.224, and a fleet needs 2.1.225"));
        assertThat(cli.statusAsked()).isZero();
        assertThat(cli.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1.225", "2.2.0", "3.0.0", "a build of our own"})
    void takesAnyOtherVersion(String version) {
        LoginFile.write(directory, LoginFile.GOOD);
        cli.isOfVersion(version);
        assertThat(probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30)).isValid())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ANTHROPIC_BASE_URL= | tried api.anthropic.com",
                "ANTHROPIC_BASE_URL=https://gateway.example:8443/v1 | tried gateway.example:8443",
                "HTTPS_PROXY=http://ann:hush@proxy:3128/ | tried api.anthropic.com, HTTPS_PROXY is proxy:3128",
                "https_proxy=ann:hush@proxy | tried api.anthropic.com, https_proxy is proxy",
                "CLAUDE_CODE_USE_BEDROCK=1 | tried bedrock-runtime.us-east-1.amazonaws.com",
                "CLAUDE_CODE_USE_BEDROCK=1;AWS_REGION=eu-west-1 | tried bedrock-runtime.eu-west-1.amazonaws.com",
                "CLAUDE_CODE_USE_BEDROCK=0;AWS_REGION=eu-west-1 | tried api.anthropic.com",
                "CLAUDE_CODE_USE_VERTEX=1;CLOUD_ML_REGION=us-east5 | tried us-east5-aiplatform.googleapis.com",
                "CLAUDE_CODE_USE_VERTEX=1;ANTHROPIC_VERTEX_BASE_URL=http://v:8080/v1 | tried v:8080",
                "CLAUDE_CODE_USE_FOUNDRY=1;ANTHROPIC_FOUNDRY_RESOURCE=shop | tried shop.services.ai.azure.com",
            })
    void namesTheHostThatItTriedAndTheProxyWithoutItsPassword(String environment, String tried) {
        LoginFile.write(directory, LoginFile.GOOD);
        cli.answers("connection-refused").runsWith(environment.replace(';', '\n') + "\n");
        LoginStatus status = probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30));
        assertThat(status.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(status.detail()).endsWith("; " + tried);
    }

    @Test
    void namesTheHostThatWasSilent() {
        LoginFile.write(directory, LoginFile.GOOD);
        cli.answers(new ExecResult(124, "", ""));
        assertThat(probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30)))
                .isEqualTo(LoginStatus.of(Kind.TIMED_OUT, "tried api.anthropic.com"));
    }

    @Test
    void showsNoCredentialThatAnAnswerQuotes() {
        cli.reports("{\"authMethod\":\"api_key_helper\"}").answers(new ExecResult(1, "bad key: invented", ""));
        assertThat(probe(LoginMode.API_KEY).prove(Duration.ofSeconds(30)).text())
                .contains("bad key: ********")
                .doesNotContain("invented");
    }

    @Test
    void saysWhenALoginEndedThatIsNoLongerTaken() {
        LoginFile.write(
                directory, "{\"claudeAiOauth\":{\"accessToken\":\"x\",\"refreshTokenExpiresAt\":1700000000000}}");
        cli.answers("refresh-refused");
        LoginStatus status = probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30));
        assertThat(status.kind()).isEqualTo(Kind.EXPIRED);
        assertThat(status.detail()).contains("the login's end was 2023-11-1", " ago)");
    }

    @Test
    void renewsALoginNearItsEndBeforeItAsksAnythingElse() {
        logInFor(Duration.ofMinutes(4));
        cli.renews(() -> {
            assertThat(cli.statusAsked()).isZero();
            logInFor(Duration.ofHours(8));
        });
        assertThat(probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30)).isValid())
                .isTrue();
        assertThat(cli.renewals()).isOne();
        assertThat(cli.statusAsked()).isOne();
        assertThat(cli.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.command()).startsWith("timeout", "-k", "5", "30"));
    }

    @Test
    void leavesALoginAloneThatIsGoodForAWhile() {
        logInFor(Duration.ofMinutes(6));
        assertThat(probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30)).isValid())
                .isTrue();
        assertThat(cli.renewals()).isZero();
    }

    /**
     * The status call abandons its refresh early, and a request with a short limit would be killed during it. Either
     * loses the login.
     */
    @Test
    void hasTheRequestSeeTheRenewalThroughWhereTheFirstOneFailed() {
        logInFor(Duration.ofHours(-1));
        cli.answers("connection-refused");
        assertThat(probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30)).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(cli.statusAsked()).isZero();
        assertThat(cli.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.command()).startsWith("timeout", "-k", "5", "150"));
    }

    @Test
    void seesWhatTheCliReportsAlsoWhereOnlyTheRequestRenewedTheLogin() {
        logInFor(Duration.ofHours(-1));
        cli.reports("{\"authMethod\":\"api_key\",\"apiKeySource\":\"ANTHROPIC_API_KEY\"}");
        assertThat(probe(LoginMode.LOGIN).prove(Duration.ofSeconds(30)).kind()).isEqualTo(Kind.OTHER_CREDENTIAL);
    }

    @Test
    void tellsTheMethodOnlyWhereToAskForItCannotLoseTheLogin() {
        logInFor(Duration.ofHours(-1));
        assertThat(probe(LoginMode.LOGIN).askMethod()).isEqualTo("unknown");
        assertThat(cli.statusAsked()).isZero();
        cli.renews(() -> logInFor(Duration.ofHours(8)));
        assertThat(probe(LoginMode.LOGIN).askMethod()).isEqualTo("claude.ai");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // Status output of the CLI (2.1.330) in each case, measured.
                "LOGIN,    claude.ai,      firstParty, -,                   true",
                "LOGIN,    api_key,        firstParty, /login managed key,  true",
                "LOGIN,    none,           firstParty, -,                   true",
                "LOGIN,    api_key,        firstParty, ANTHROPIC_API_KEY,   false",
                "LOGIN,    oauth_token,    firstParty, -,                   false",
                "LOGIN,    api_key_helper, firstParty, apiKeyHelper,        false",
                "LOGIN,    third_party,    bedrock,    -,                   false",
                "TOKEN,    claude.ai,      firstParty, -,                   true",
                "TOKEN,    api_key,        firstParty, ANTHROPIC_API_KEY,   false",
                "API_KEY,  api_key_helper, firstParty, apiKeyHelper,        true",
                "API_KEY,  api_key,        firstParty, ANTHROPIC_API_KEY,   false",
                "API_KEY,  third_party,    vertex,     -,                   false",
                "FEDERATION, oauth_token,  firstParty, -,                   true",
                "FEDERATION, api_key,      firstParty, ANTHROPIC_API_KEY,   false",
                "PROVIDER, third_party,    bedrock,    -,                   true",
                "PROVIDER, third_party,    foundry,    -,                   true",
                "PROVIDER, none,           firstParty, -,                   false",
                "PROVIDER, claude.ai,      firstParty, -,                   false",
            })
    void comparesWhatTheCliReportsWithTheMode(
            LoginMode mode, String method, String provider, String source, boolean asExpected) {
        LoginFile.write(directory, LoginFile.GOOD);
        cli.reports("{\"authMethod\":\"" + method + "\",\"apiProvider\":\"" + provider + "\""
                + (source == null ? "" : ",\"apiKeySource\":\"" + source + "\"") + "}");
        LoginStatus status = probe(mode).prove(Duration.ofSeconds(30));
        assertThat(status.kind()).isEqualTo(asExpected ? Kind.VALID : Kind.OTHER_CREDENTIAL);
        assertThat(status.detail()).contains(asExpected ? "" : "auth.mode " + mode.value());
    }

    private void logInFor(Duration left) {
        LoginFile.write(
                directory,
                "{\"claudeAiOauth\":{\"accessToken\":\"invented\",\"expiresAt\":"
                        + Instant.now().plus(left).toEpochMilli() + "}}");
    }

    private LoginProbe probe(LoginMode mode) {
        return new LoginProbe(cli.container(), LoginFixtures.of(mode, directory), LoginFile.USER);
    }
}
