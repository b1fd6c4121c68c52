package io.github.claudefleet.claude;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.ContainerPaths;
import io.github.claudefleet.spec.Federation;
import io.github.claudefleet.spec.IdentitySource;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.standin.StandInExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Assumptions about the profiles of the CLI for workload identity federation, against the real CLI. */
class FederationContractIT {

    private static final String EXCHANGE = "ANTHROPIC_PROFILE=exchange timeout 60 claude -p /context --setting-sources"
            + " user --strict-mcp-config --no-session-persistence --debug-file $HERE/debug </dev/null >said 2>&1;";

    @RegisterExtension
    private static final ScriptContainer BOX =
            ScriptContainer.withRealCli(Shop.fleet("tester").toSpec());

    @RegisterExtension
    private static final StandInExtension STAND_IN = new StandInExtension();

    private static int accounts;

    private final String account = "federation-" + (++accounts);
    private final Place place = BOX.place();

    @BeforeEach
    void makeProfiles() {
        Federation federation = new Federation(
                "fdrl_" + account,
                "00000000-0000-4000-8000-000000000001",
                Optional.of("svac_" + account),
                Optional.empty(),
                Federation.DEFAULT_AUDIENCE,
                new IdentitySource.TokenVariable("X", Secret.of("eyJ.a.b")));
        for (FederationProfile profile : FederationProfile.values()) {
            String file = profile.toJson(federation)
                    .replace(ContainerPaths.IDENTITY, place.path("identity"))
                    .replace(ContainerPaths.SECRETS, place.path("secrets"));
            place.file("profiles/configs/" + profile.value() + ".json", file);
        }
        place.run("mkdir -p home identity secrets");
        place.with("HOME", place.path("home"))
                .with(ClaudeEnvironment.CONFIG_DIRECTORY, place.path("home/.claude"))
                .with(ClaudeEnvironment.LOGIN_DIRECTORY, place.path("home/none"))
                .with(ClaudeEnvironment.PROFILE_DIRECTORY, place.path("profiles"))
                .with(ClaudeEnvironment.PROFILE, FederationProfile.ACCESS.value())
                .with(ClaudeEnvironment.BASE_URL, STAND_IN.address())
                .with(ClaudeEnvironment.MAX_RETRIES, "0")
                .with(ClaudeEnvironment.NO_NONESSENTIAL_TRAFFIC, "1")
                .with(ClaudeEnvironment.NO_AUTOUPDATER, "1");
    }

    @Test
    void aProfileExchangesTheTokenOnceAndAsksNoModel() {
        place.file("identity/token", STAND_IN.control().identityToken(account));

        place.run(EXCHANGE + EXCHANGE);

        assertThat(place.read("identity/exchanged.json"))
                .contains("\"access_token\": \"sk-ant-oat01-standin." + account + ".1\"")
                .contains("\"expires_at\": ");
        assertThat(place.run("stat -c %a identity/exchanged.json").output()).isEqualTo("600\n");
        assertThat(STAND_IN.control().counts(account).logins()).isEqualTo(1);
        assertThat(STAND_IN.control().counts(account).messages()).isZero();
    }

    @Test
    void theReasonOfARefusalIsInTheDebugLogWithoutTheToken() {
        place.file("identity/token", STAND_IN.control().identityToken("another"));

        place.run(EXCHANGE);

        assertThat(place.read("debug"))
                .contains("Token exchange failed with status 401 (request-id req_")
                .doesNotContain("eyJ");
        assertThat(STAND_IN.control().counts(account).loginsRefused()).isPositive();
    }

    @Test
    void anAccessTokensFileIsALoginOfItsOwnMethod() {
        writeAccessToken(Duration.ofMinutes(10), "600");

        assertThat(ask()).isEqualTo("yes\n");
        LoginStatusReader.parse(place.run("claude auth status").output())
                .map(CredentialInUse::of)
                .ifPresent(credential -> {
                    assertThat(credential.method()).isEqualTo("oauth_token");
                    assertThat(credential.problem(LoginMode.FEDERATION)).isEmpty();
                    assertThat(credential.problem(LoginMode.LOGIN)).isPresent();
                });
    }

    @Test
    void aFileThatOthersCanReadIsRefused() {
        writeAccessToken(Duration.ofMinutes(10), "644");

        assertThat(ask()).contains("group/world-readable");
    }

    @Test
    void theLastHalfMinuteOfATokenIsNotUsed() {
        writeAccessToken(Duration.ofSeconds(20), "600");

        assertThat(ask()).contains("identity token");
    }

    /** In mid-work the former token is refused, and the file has the renewed one. */
    @Test
    void anAgentTakesTheRenewedTokenInMidWork() {
        writeAccessToken(Duration.ofHours(1), "600");
        STAND_IN.control()
                .scripts(
                        account,
                        "[{\"match\":\"Look\",\"turns\":[{\"tool\":\"Bash\",\"input\":{\"command\":\"touch "
                                + place.path("begun") + "; until [ -e " + place.path("renewed")
                                + " ]; do sleep 0.1; done\"}},{\"text\":\"done\"}]}]");
        place.run("chmod 500 secrets; (timeout 100 claude -p Look --permission-mode bypassPermissions >said 2>&1"
                + " </dev/null &);" + await("[ -e begun ]") + " chmod 700 secrets");
        writeAccessToken(Duration.ofHours(1), "600");
        STAND_IN.control().formerTokensExpire(account);

        place.run("touch renewed;" + await("grep -q . said"));

        assertThat(place.read("said")).isEqualTo("done\n");
        assertThat(STAND_IN.control().requests(account))
                .filteredOn(request -> request.path().startsWith("/v1/messages"))
                .last()
                .satisfies(request -> assertThat(request.status()).isEqualTo(200));
    }

    private static String await(String condition) {
        return " n=0; until " + condition + " || [ $((n += 1)) -gt 900 ]; do sleep 0.1; done;";
    }

    private String ask() {
        ExecResult result = place.run("timeout 60 claude -p 'Say yes' </dev/null");
        return result.output() + result.errors();
    }

    /** Replaces the file of the access token by one with a new token of the account. */
    private void writeAccessToken(Duration life, String mode) {
        String login = STAND_IN.control().credentials(account, life);
        String token = login.replaceAll("(?s).*\"accessToken\":\"([^\"]+)\".*", "$1");
        place.file(
                "next",
                "{\"version\":\"1.0\",\"type\":\"oauth_token\",\"access_token\":\"" + token + "\",\"expires_at\":"
                        + Instant.now().plus(life).getEpochSecond() + "}");
        place.run("chmod " + mode + " next; mv next secrets/access-token.json");
    }
}
