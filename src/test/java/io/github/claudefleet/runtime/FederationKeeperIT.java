package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.Shop;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exchange of identity tokens, and the keeper that repeats it, with a CLI that is a script. */
class FederationKeeperIT {

    /** Exchanges as the CLI does: it writes an access token and goes on working. */
    private static final String EXCHANGING =
            "[ \"$ANTHROPIC_PROFILE\" = exchange ] || exit 9; echo \"$@\" >>$HERE/calls;"
                    + " n=$(wc -l <$HERE/calls); printf '{\"version\":\"1.0\",\"access_token\":\"access-%s\",\"expires_at\":%s}'"
                    + " $n $(($(date +%s) + $(cat $HERE/life))) >$HERE/new && mv $HERE/new $HERE/identity/exchanged.json;"
                    + " exec sleep 20\n";
    /** Fails as the CLI does: the reason is in its debug log, and it tries again and again. */
    private static final String REFUSED = "echo \"$@\" >>$HERE/calls; while [ $# -gt 1 ]; do shift; done;"
            + " cat $HERE/reason >>$1; exec sleep 20\n";

    @RegisterExtension
    private static final ScriptContainer BOX = new ScriptContainer(
            Shop.fleet().login(Shop.login(Shop.federation())).toSpec());

    private final Place place = BOX.place();

    @BeforeEach
    void prepare() {
        place.with("CLAUDE_FLEET_IDENTITY", place.path("identity"))
                .with("CLAUDE_FLEET_LOGIN", "federation")
                .with("CLAUDE_FLEET_ACCESS_TOKEN", place.path("secrets/access-token.json"))
                .with("CLAUDE_FLEET_HEALTH", place.path("health"))
                .with("CLAUDE_FLEET_KIT", place.path("kit"))
                .file("kit/state/.keep", "")
                .file("life", "600")
                .file("calls", "")
                .file("identity/given", token("1"))
                .cli(EXCHANGING);
        place.run("mkdir -p secrets");
    }

    // ---- an exchange

    @Test
    void theAccessTokenIsGivenAsAWholeToItsOwnerAlone() {
        assertThat(exchange().output()).startsWith("verdict=ok\ndetail=good until ");

        assertThat(place.read("secrets/access-token.json")).contains("\"access_token\":\"access-1\"");
        assertThat(place.run("stat -c '%a %u' secrets/*; ls identity").output())
                .isEqualTo("600 1000\nexchanged-by\ngiven\nsaid\ntoken\nused\n");
        assertThat(place.read("calls")).startsWith("-p /context --setting-sources user --strict-mcp-config");
    }

    @Test
    void aTokenThatIsGoodForAWhileIsKept() {
        exchange();

        assertThat(exchange().output()).startsWith("verdict=ok");
        assertThat(place.read("calls").lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"600, 361", "3600, 3361", "60, 31"})
    void itIsRenewedHalfWayAndFourMinutesBeforeTheEndAtMost(long life, long age) {
        place.file("life", String.valueOf(life));
        exchange();
        place.file("identity/given", token("2"));
        String file = "secrets/access-token.json";

        place.run("sed -i \"s/:[0-9]*}/:$(($(date +%s) + " + (life - age + 3) + "))}/\" " + file + "; touch -d \"-"
                + (age - 3) + " sec\" " + file);
        exchange();
        assertThat(place.read("calls").lines()).as("a moment earlier").hasSize(1);

        place.run("sed -i \"s/:[0-9]*}/:$(($(date +%s) + " + (life - age) + "))}/\" " + file + "; touch -d \"-" + age
                + " sec\" " + file);
        exchange();
        assertThat(place.read("calls").lines()).hasSize(2);
    }

    @Test
    void anotherRuleNeedsAnotherToken() {
        exchange();
        place.run("echo other >other; mv -f other identity/exchanged-by");
        place.file("identity/given", token("2"));

        exchange();

        assertThat(place.read(file())).contains("access-2");
    }

    /** A token works once. Ten goals and the keeper may want one at the same time. */
    @Test
    void ofManyAtOnceOneExchanges() {
        ExecResult all = place.run("for i in 1 2 3 4 5 6 7 8 9 10; do /bin/sh $KIT/exchange.sh >out$i & done; wait;"
                + " grep -l verdict=ok out* | wc -l");

        assertThat(all.output()).isEqualTo("10\n");
        assertThat(place.read("calls").lines()).hasSize(1);
    }

    @Test
    void aLockOfAKilledExchangeIsTaken() {
        place.run("sh -c 'ln -s $$ identity/lock'");

        assertThat(exchange().output()).startsWith("verdict=ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Token exchange failed with status 401 (request-id req_1): {\"e\":1} | refused     | (request-id req_1)",
                "Token exchange failed with status 400: not a well-formed fdrl_ tagged ID | refused | well-formed",
                "Token exchange failed with status 429: slow down                       | throttled   | slow down",
                "Token exchange failed with status 529: overloaded                      | throttled   | overloaded",
                "Failed to reach token endpoint https://x/v1/oauth/token: ECONNREFUSED  | unreachable | ECONNREFUSED",
                "Refusing to send credential over non-https token endpoint              | unknown     | non-https",
            })
    void theReasonOfARefusalIsInTheDebugLogAndEndsTheCall(String reason, String verdict, String what) {
        place.file("reason", "2026 [ERROR] countTokens API call failed: " + reason + "\n")
                .cli(REFUSED);

        ExecResult result = exchange();

        assertThat(result.output())
                .startsWith("verdict=" + verdict + "\ndetail=")
                .contains(what);
        assertThat(result.output()).doesNotContain("eyJ");
        assertThat(place.run("ls secrets; pgrep -f 'sleep 2[0]'").output()).isEmpty();
        if (verdict.equals("refused")) {
            assertThat(result.output()).contains("its subject \"repo:shop\"");
        }
    }

    @Test
    void aRefusedTokenMayBeOfferedAgain() {
        place.file("reason", "Token exchange failed with status 401\n").cli(REFUSED);
        exchange();
        place.cli(EXCHANGING);

        assertThat(exchange().output()).startsWith("verdict=ok");
    }

    @Test
    void anExchangedTokenIsNotOfferedAgain() {
        exchange();
        place.run("rm secrets/*");

        assertThat(exchange().output()).startsWith("verdict=used\n");
        assertThat(place.read("calls").lines()).hasSize(1);
    }

    // ---- the keeper

    @Test
    void theKeeperExchangesAtOnceAndReportsTheEnd() {
        keepUntil("[ -e secrets/access-token.json ] && grep -q doing=keeping kit/state/keeper");

        assertThat(place.read("state")).contains("doing=keeping\n").contains("failures=0\n");
        assertThat(place.read("said"))
                .contains("claude-fleet: keeper has an access token until ")
                .doesNotContain("access-1")
                .doesNotContain("eyJ");
        assertThat(place.read("during")).isEqualTo("keeping\n");
    }

    @Test
    void aShortTokenIsRenewedAgainAndAgain() {
        place.file("life", "4");
        keepUntil("rotate; [ $(wc -l <calls) -ge 4 ]");

        assertThat(place.read(file())).containsPattern("access-[4-9]");
    }

    @Test
    void aFailureIsReportedWithItsReasonAndHealsWithANewIdentity() {
        place.file("reason", "Token exchange failed with status 401 (request-id req_7)\n")
                .cli(REFUSED);
        keepUntil("grep -q failures=2 kit/state/keeper");
        assertThat(place.read("state"))
                .contains("doing=failing\n")
                .contains("reason=refused Token exchange failed with status 401 (request-id req_7)");
        assertThat(place.read("said").lines().filter(line -> line.contains("could not renew")))
                .as("it is said once")
                .hasSize(1);

        place.cli(EXCHANGING);
        keepUntil("rotate; grep -q doing=keeping kit/state/keeper");
        assertThat(place.read("state")).contains("reason=\n");
    }

    /** It waits for up to a minute between attempts, but not if there is something new to try. */
    @Test
    void aNewIdentityIsTriedAtOnce() {
        exchange();
        place.run("rm secrets/*");
        keepUntil("if grep -q failures=4 kit/state/keeper; then [ -e rotated ] || { date +%s >rotated; rotate; }; fi;"
                + " [ -e secrets/access-token.json ] && date +%s >renewed");

        assertThat(Long.parseLong(place.read("renewed").strip())
                        - Long.parseLong(place.read("rotated").strip()))
                .isLessThan(12);
    }

    private ExecResult exchange() {
        return place.run("/bin/sh $KIT/exchange.sh");
    }

    private static String file() {
        return "secrets/access-token.json";
    }

    /** Runs the keeper until a condition is met; {@code rotate} brings another identity token. */
    private void keepUntil(String condition) {
        place.file("tokens/2", token("2")).file("tokens/3", token("3")).file("tokens/4", token("4"));
        place.command(
                "rotate",
                "n=$(($(cat $HERE/turn 2>/dev/null || echo 1) + 1)); [ -e $HERE/tokens/$n ] || n=2;"
                        + " echo $n >$HERE/turn; cp $HERE/tokens/$n $HERE/identity/g && mv $HERE/identity/g $HERE/identity/given;"
                        + " /bin/sleep 0.3\n");
        ExecResult result = place.run("/bin/sh $KIT/keeper.sh >said 2>&1 & keeper=$!; n=0; until { " + condition
                + "; } 2>/dev/null || [ $((n += 1)) -gt 900 ]; do /bin/sleep 0.1; done; [ $n -le 900 ] || echo never;"
                + " cp kit/state/keeper state; cp health during; kill -TERM $keeper; wait $keeper; echo ended $?");
        assertThat(result.output())
                .as(condition + "; it said: " + place.read("said") + place.read("state"))
                .isEqualTo("ended 0\n");
    }

    private static String token(String id) {
        String claims = "{\"iss\":\"https://ci\",\"sub\":\"repo:shop\",\"aud\":\"https://api.anthropic.com\","
                + "\"exp\":4102444800,\"jti\":\"" + id + "\"}";
        return "eyJhbGciOiJSUzI1NiJ9."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
