package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of the last good login, and the keeper's reaction to a damaged or expired one. */
class KeeperLoginIT {

    private static final String WRITE_BLANK = "cat blank >$file";
    private static final String ENDED = "claude-fleet: keeper found the login expired or revoked: sign in again\n";

    @RegisterExtension
    private static final ScriptContainer BOX = new ScriptContainer(Shop.fleet().toSpec());

    private final KeeperFixture keeper = new KeeperFixture(BOX);

    // ---- copies

    @Test
    void keepsACopyOfAWholeLoginForItsOwnUserAlone() {
        keeper.keep("write_login 20000");

        assertThat(keeper.read("$file.last-good")).isEqualTo(keeper.login()).contains("\"refreshToken\"");
        assertThat(keeper.run("stat -c '%a %u' $file.last-good").output()).isEqualTo("600 1000\n");
        assertThat(keeper.run("ls -A login").output())
                .isEqualTo(".credentials.json\n.credentials.json.last-good\n.keep\nfor-agents\n");
    }

    @Test
    void keepsARenewedLoginInPlaceOfTheFormerOne() {
        keeper.keepUntil("grep -q refreshed said 2>/dev/null", "write_login 100 28000");

        assertThat(keeper.read("$file.last-good")).isEqualTo(keeper.login());
    }

    @Test
    void keepsALoginThatSomebodyElseRenewed() {
        keeper.inPauses("[ -e $HERE/renewed ] || { write_login 25000; touch $HERE/renewed; }")
                .keep("write_login 20000");

        assertThat(keeper.read("$file.last-good")).isEqualTo(keeper.login());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"r\",\"expiresAt\":EXPIRES000}",
                KeeperFixture.BLANK,
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"\",\"expiresAt\":EXPIRES000}}",
                "{\"mcpOAuth\":{}}"
            })
    void keepsNothingThatIsNoWholeLogin(String content) {
        keeper.form(content).keep("write_login 20000");

        assertThat(keeper.run("ls -A login").output()).isEqualTo(".credentials.json\n.keep\nfor-agents\n");
    }

    @Test
    void aDirectoryThatItCannotWriteIsNoReasonToStop() {
        keeper.keep("write_login 20000; chmod 500 login");

        assertThat(keeper.state()).contains("doing=keeping\n");
    }

    // ---- the copy for agents

    @Test
    void agentsHaveACopyWithoutTheRefreshTokenFromTheStart() {
        keeper.keep("write_login 20000");

        assertThat(keeper.forAgents()).contains("\"accessToken\":\"a-").doesNotContain("r-", "refresh");
    }

    /** The service may refuse the former access token at once, and the CLI needs seconds to end. */
    @Test
    void agentsHaveARenewedLoginBeforeTheCallThatRenewedItEnds() {
        keeper.cli("write_login 28800; n=0; until [ $((n += 1)) -gt 400 ]; do a=$(grep -o 'a-[0-9]*' $file);"
                        + " ! grep -qs \"$a\" $HERE/login/for-agents/.credentials.json || { touch $HERE/seen; break; };"
                        + " /bin/sleep 0.02; done\n")
                .keepUntil("grep -q refreshed said 2>/dev/null", "write_login 100 28000");

        assertThat(keeper.run("ls seen").output()).isEqualTo("seen\n");
    }

    @Test
    void agentsGetALoginThatSomebodyElseRenewed() {
        keeper.inPauses("[ -e $HERE/renewed ] || { write_login 25000; touch $HERE/renewed; }")
                .keep("write_login 20000");

        assertThat(keeper.forAgents()).contains(keeper.login().replaceAll(".*\"(a-[0-9]+)\".*\\s*", "$1"));
    }

    @Test
    void agentsKeepTheirTokenWhileABlankLoginIsPutBackAndLoseItWithAnEndedOne() {
        keeper.keep("write_login 20000");
        String before = keeper.forAgents();

        keeper.inPauses("cmp -s $HERE/login/for-agents/.credentials.json $HERE/before || touch $HERE/changed")
                .keepUntil(
                        "grep -q back said 2>/dev/null && looks 3",
                        "cp login/for-agents/.credentials.json before; " + WRITE_BLANK);
        assertThat(keeper.forAgents()).isEqualTo(before);
        assertThat(keeper.run("ls changed").output()).isEmpty();

        keeper.cli(KeeperFixture.REFUSED).keepUntil("grep -q 'sign in' said 2>/dev/null && looks 3", WRITE_BLANK);
        assertThat(keeper.forAgents()).contains("\"accessToken\":\"\"");
    }

    // ---- restored logins

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": >$file",
                "echo >$file",
                "printf '{' >$file",
                "truncate -s -1 $file",
                "truncate -s -2 $file",
                "truncate -s 40 $file",
                "truncate -s 400 $file",
                "head -c 100 /dev/zero >$file",
                "echo garbage >$file",
                "echo '[]' >$file"
            })
    void aDamagedLoginIsReplacedByTheLastGoodOne(String damage) {
        keeper.keep("write_login 20000");
        String good = keeper.login();

        String said = keeper.keepUntil("grep -q back said 2>/dev/null && looks 6", damage);

        assertThat(keeper.login()).isEqualTo(good);
        assertThat(keeper.run("stat -c '%a %u' $file").output()).isEqualTo("600 1000\n");
        assertThat(said).isEqualTo("claude-fleet: keeper found the login damaged and put the last good one back\n");
        assertThat(keeper.state()).contains("doing=keeping\n");
        assertThat(keeper.calls()).as("its token is good for a while").isEmpty();
    }

    @Test
    void whatWasPutBackIsKeptAgainOnceARefreshHasProvedIt() {
        keeper.keep("write_login 20000");
        keeper.keepUntil("grep -q back said 2>/dev/null", "echo garbage >$file");
        assertThat(keeper.run("ls -A login").output())
                .isEqualTo(".credentials.json\n.credentials.json.set-aside\n.keep\nfor-agents\n");

        keeper.keepUntil("grep -q refreshed said 2>/dev/null", "echo 19900 >passed");

        assertThat(keeper.run("ls -A login").output())
                .isEqualTo(".credentials.json\n.credentials.json.last-good\n.keep\nfor-agents\n");
        assertThat(keeper.read("$file.last-good")).isEqualTo(keeper.login());
    }

    @Test
    void itIsPutBackOnceAndNotAgain() {
        keeper.keep("write_login 20000");
        keeper.keepUntil("grep -q back said 2>/dev/null", "echo garbage >$file");

        String said = keeper.keepUntil("grep -q 'sign in' said 2>/dev/null && looks 6", "echo garbage >$file");

        assertThat(said)
                .isEqualTo(
                        "claude-fleet: keeper found the login damaged, and has no good one to put back: sign in again\n");
        assertThat(keeper.login()).isEqualTo("garbage\n");
        assertThat(keeper.state()).contains("doing=damaged\n");
    }

    @Test
    void aLoginThatSomebodyElseBlankedIsPutBackAndRefreshed() {
        keeper.keep("write_login 20000");

        String said = keeper.keepUntil("grep -q refreshed said 2>/dev/null", WRITE_BLANK + "; echo 19900 >passed");

        assertThat(said)
                .isEqualTo("claude-fleet: keeper found the login blank and put the last good one back\n"
                        + "claude-fleet: keeper refreshed the login\n");
        assertThat(keeper.read("$file.last-good")).isEqualTo(keeper.login());
    }

    @Test
    void oneThatWasPutBackAndIsBlankedAgainStaysSoAndIsNamedOnce() {
        keeper.keep("write_login 20000");

        String said = keeper.cli(KeeperFixture.REFUSED)
                .keepUntil("grep -q 'sign in' said 2>/dev/null && looks 12", WRITE_BLANK + "; echo 19900 >passed");

        assertThat(said)
                .isEqualTo("claude-fleet: keeper found the login blank and put the last good one back\n" + ENDED);
        assertThat(keeper.calls().lines()).hasSize(1);
        assertThat(keeper.login()).isEqualTo(KeeperFixture.BLANK);
        assertThat(keeper.state()).contains("doing=expired\n");
    }

    @Test
    void oneThatTheServiceRefusedIsNotOfferedToItAgain() {
        String said = keeper.cli(KeeperFixture.REFUSED)
                .keepUntil("grep -q 'sign in' said 2>/dev/null && looks 12", "write_login 100 28000");

        assertThat(said).isEqualTo(ENDED);
        assertThat(keeper.calls().lines()).hasSize(1);
        assertThat(keeper.state()).contains("doing=expired\n");
    }

    /**
     * Race of two keepers: the other one has renewed the login, and this one's CLI was too late with the old token and
     * blanked the file.
     */
    @Test
    void aLoginThatLostARaceIsReplacedByTheOneThatWonIt() {
        keeper.cli(
                "echo \"$@\" >>$HERE/calls; if [ $(wc -l <$HERE/calls) -eq 1 ]; then sed 's/EXPIRES/4102444800/g' $HERE/form"
                        + " >$file.last-good; cat $HERE/blank >$file; fi\n");

        String said = keeper.keepUntil("grep -q back said 2>/dev/null && looks 8", "write_login 100 28000");

        assertThat(said).isEqualTo("claude-fleet: keeper found the login blank and put the last good one back\n");
        assertThat(keeper.login()).contains("a-4102444800");
        assertThat(keeper.calls().lines()).hasSize(1);
    }

    @Test
    void aNewLoginAfterAnEndedOneIsKeptLikeAnyOther() {
        keeper.cli(KeeperFixture.REFUSED).keepUntil("grep -q 'sign in' said 2>/dev/null", "write_login 100 28000");

        keeper.keep("write_login 20000");

        assertThat(keeper.run("ls -A login").output())
                .isEqualTo(".credentials.json\n.credentials.json.last-good\n.keep\nfor-agents\n");
        assertThat(keeper.read("$file.last-good")).isEqualTo(keeper.login());
    }

    // ---- logins that are not restored

    @ParameterizedTest
    @ValueSource(strings = {"rm $file", "echo '{}' >$file", "echo '{\"mcpOAuth\":{\"x\":{\"y\":1}}}' >$file"})
    void aLogoutIsLeftAsItIs(String logout) {
        keeper.keep("write_login 20000");
        keeper.run(logout);
        String left = keeper.login();

        String said = keeper.keep(":");

        assertThat(said).isEmpty();
        assertThat(keeper.login()).isEqualTo(left);
        assertThat(keeper.state()).contains("doing=waiting\n");
    }

    @Test
    void nothingIsPutBackWhileTheCliHoldsItsLock() {
        keeper.keep("write_login 20000");

        assertThat(keeper.inPauses("touch $lock").keepUntil("looks 6", "echo garbage >$file; mkdir $lock"))
                .isEmpty();
        assertThat(keeper.login()).isEqualTo("garbage\n");
        assertThat(keeper.inPauses(":").keep("rmdir $lock")).contains("put the last good one back");
    }

    @Test
    void nothingIsPutBackWhileSomebodySignsIn() {
        keeper.keep("write_login 20000");
        keeper.cli("/bin/sleep 30 & sleeper=$!; trap 'kill $sleeper; exit' TERM; wait\n");

        assertThat(keeper.keepUntil("looks 6", "claude auth login & echo $! >cli; echo garbage >$file"))
                .isEmpty();
        assertThat(keeper.login()).isEqualTo("garbage\n");
        assertThat(keeper.keep("kill $(cat cli)")).contains("put the last good one back");
    }

    @Test
    void ofTwoKeepersOnOneDirectoryOnePutsItBack() {
        keeper.keep("write_login 20000");
        String good = keeper.login();

        String said = keeper.keepUntil(
                "grep -q back said other 2>/dev/null && looks 20",
                "echo garbage >$file; CLAUDE_FLEET_KIT=$HERE/nowhere /bin/sh $KIT/keeper.sh >other 2>&1 & second=$!");
        String other = keeper.run("sleep 1; cat other").output();

        assertThat((said + other).lines().filter(line -> line.endsWith("back"))).hasSize(1);
        assertThat(keeper.login()).isEqualTo(good);
    }
}
