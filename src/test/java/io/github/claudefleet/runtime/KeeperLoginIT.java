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

    private final KeeperFixture place = new KeeperFixture(BOX);

    // ---- copies

    @Test
    void keepsACopyOfAWholeLoginForItsOwnUserAlone() {
        place.keep("write_login 20000");

        assertThat(place.read("$file.last-good")).isEqualTo(place.login()).contains("\"refreshToken\"");
        assertThat(place.run("stat -c '%a %u' $file.last-good").output()).isEqualTo("600 1000\n");
        assertThat(place.run("ls -A login").output())
                .isEqualTo(".credentials.json\n.credentials.json.last-good\n.keep\n");
    }

    @Test
    void keepsARenewedLoginInPlaceOfTheFormerOne() {
        place.keepUntil("grep -q refreshed said 2>/dev/null", "write_login 100 28000");

        assertThat(place.read("$file.last-good")).isEqualTo(place.login());
    }

    @Test
    void keepsALoginThatSomebodyElseRenewed() {
        place.inPauses("[ -e $HERE/renewed ] || { write_login 25000; touch $HERE/renewed; }")
                .keep("write_login 20000");

        assertThat(place.read("$file.last-good")).isEqualTo(place.login());
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
        place.form(content).keep("write_login 20000");

        assertThat(place.run("ls -A login").output()).isEqualTo(".credentials.json\n.keep\n");
    }

    @Test
    void aDirectoryThatItCannotWriteIsNoReasonToStop() {
        place.keep("write_login 20000; chmod 500 login");

        assertThat(place.state()).contains("doing=keeping\n");
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
        place.keep("write_login 20000");
        String good = place.login();

        String said = place.keepUntil("grep -q back said 2>/dev/null && looks 6", damage);

        assertThat(place.login()).isEqualTo(good);
        assertThat(place.run("stat -c '%a %u' $file").output()).isEqualTo("600 1000\n");
        assertThat(said).isEqualTo("claude-fleet: keeper found the login damaged and put the last good one back\n");
        assertThat(place.state()).contains("doing=keeping\n");
        assertThat(place.calls()).as("its token is good for a while").isEmpty();
    }

    @Test
    void whatWasPutBackIsKeptAgainOnceARefreshHasProvedIt() {
        place.keep("write_login 20000");
        place.keepUntil("grep -q back said 2>/dev/null", "echo garbage >$file");
        assertThat(place.run("ls -A login").output())
                .isEqualTo(".credentials.json\n.credentials.json.set-aside\n.keep\n");

        place.keepUntil("grep -q refreshed said 2>/dev/null", "echo 19900 >passed");

        assertThat(place.run("ls -A login").output())
                .isEqualTo(".credentials.json\n.credentials.json.last-good\n.keep\n");
        assertThat(place.read("$file.last-good")).isEqualTo(place.login());
    }

    @Test
    void itIsPutBackOnceAndNotAgain() {
        place.keep("write_login 20000");
        place.keepUntil("grep -q back said 2>/dev/null", "echo garbage >$file");

        String said = place.keepUntil("grep -q 'sign in' said 2>/dev/null && looks 6", "echo garbage >$file");

        assertThat(said)
                .isEqualTo(
                        "claude-fleet: keeper found the login damaged, and has no good one to put back: sign in again\n");
        assertThat(place.login()).isEqualTo("garbage\n");
        assertThat(place.state()).contains("doing=damaged\n");
    }

    @Test
    void aLoginThatSomebodyElseBlankedIsPutBackAndRefreshed() {
        place.keep("write_login 20000");

        String said = place.keepUntil("grep -q refreshed said 2>/dev/null", WRITE_BLANK + "; echo 19900 >passed");

        assertThat(said)
                .isEqualTo("claude-fleet: keeper found the login blank and put the last good one back\n"
                        + "claude-fleet: keeper refreshed the login\n");
        assertThat(place.read("$file.last-good")).isEqualTo(place.login());
    }

    @Test
    void oneThatWasPutBackAndIsBlankedAgainStaysSoAndIsNamedOnce() {
        place.keep("write_login 20000");

        String said = place.cli(KeeperFixture.REFUSED)
                .keepUntil("grep -q 'sign in' said 2>/dev/null && looks 12", WRITE_BLANK + "; echo 19900 >passed");

        assertThat(said)
                .isEqualTo("claude-fleet: keeper found the login blank and put the last good one back\n" + ENDED);
        assertThat(place.calls().lines()).hasSize(1);
        assertThat(place.login()).isEqualTo(KeeperFixture.BLANK);
        assertThat(place.state()).contains("doing=expired\n");
    }

    @Test
    void oneThatTheServiceRefusedIsNotOfferedToItAgain() {
        String said = place.cli(KeeperFixture.REFUSED)
                .keepUntil("grep -q 'sign in' said 2>/dev/null && looks 12", "write_login 100 28000");

        assertThat(said).isEqualTo(ENDED);
        assertThat(place.calls().lines()).hasSize(1);
        assertThat(place.state()).contains("doing=expired\n");
    }

    /**
     * Race of two keepers: the other one has renewed the login, and this one's CLI was too late with the old token and
     * blanked the file.
     */
    @Test
    void aLoginThatLostARaceIsReplacedByTheOneThatWonIt() {
        place.cli(
                "echo \"$@\" >>$HERE/calls; if [ $(wc -l <$HERE/calls) -eq 1 ]; then sed 's/EXPIRES/4102444800/g' $HERE/form"
                        + " >$file.last-good; cat $HERE/blank >$file; fi\n");

        String said = place.keepUntil("grep -q back said 2>/dev/null && looks 8", "write_login 100 28000");

        assertThat(said).isEqualTo("claude-fleet: keeper found the login blank and put the last good one back\n");
        assertThat(place.login()).contains("a-4102444800");
        assertThat(place.calls().lines()).hasSize(1);
    }

    @Test
    void aNewLoginAfterAnEndedOneIsKeptLikeAnyOther() {
        place.cli(KeeperFixture.REFUSED).keepUntil("grep -q 'sign in' said 2>/dev/null", "write_login 100 28000");

        place.keep("write_login 20000");

        assertThat(place.run("ls -A login").output())
                .isEqualTo(".credentials.json\n.credentials.json.last-good\n.keep\n");
        assertThat(place.read("$file.last-good")).isEqualTo(place.login());
    }

    // ---- logins that are not restored

    @ParameterizedTest
    @ValueSource(strings = {"rm $file", "echo '{}' >$file", "echo '{\"mcpOAuth\":{\"x\":{\"y\":1}}}' >$file"})
    void aLogoutIsLeftAsItIs(String logout) {
        place.keep("write_login 20000");
        place.run(logout);
        String left = place.login();

        String said = place.keep(":");

        assertThat(said).isEmpty();
        assertThat(place.login()).isEqualTo(left);
        assertThat(place.state()).contains("doing=waiting\n");
    }

    @Test
    void nothingIsPutBackWhileTheCliHoldsItsLock() {
        place.keep("write_login 20000");

        assertThat(place.inPauses("touch $lock").keepUntil("looks 6", "echo garbage >$file; mkdir $lock"))
                .isEmpty();
        assertThat(place.login()).isEqualTo("garbage\n");
        assertThat(place.inPauses(":").keep("rmdir $lock")).contains("put the last good one back");
    }

    @Test
    void nothingIsPutBackWhileSomebodySignsIn() {
        place.keep("write_login 20000");
        place.cli("/bin/sleep 30 & sleeper=$!; trap 'kill $sleeper; exit' TERM; wait\n");

        assertThat(place.keepUntil("looks 6", "claude auth login & echo $! >cli; echo garbage >$file"))
                .isEmpty();
        assertThat(place.login()).isEqualTo("garbage\n");
        assertThat(place.keep("kill $(cat cli)")).contains("put the last good one back");
    }

    @Test
    void ofTwoKeepersOnOneDirectoryOnePutsItBack() {
        place.keep("write_login 20000");
        String good = place.login();

        String said = place.keepUntil(
                "grep -q back said other 2>/dev/null && looks 20",
                "echo garbage >$file; CLAUDE_FLEET_KIT=$HERE/nowhere /bin/sh $KIT/keeper.sh >other 2>&1 & second=$!");
        String other = place.run("sleep 1; cat other").output();

        assertThat((said + other).lines().filter(line -> line.endsWith("back"))).hasSize(1);
        assertThat(place.login()).isEqualTo(good);
    }
}
