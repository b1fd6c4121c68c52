package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.spec.Shop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs keeper.sh and keeper-loop.sh as in the auth container: when they refresh, what they report, how they end. */
class KeeperScriptIT {

    private static final String INDENTED = """
            {
              "other" : {
                "expiresAt" : 1000
              },
              "claudeAiOauth" : {
                "accessToken" : "a",
                "expiresAt" : EXPIRES000,
                "refreshTokenExpiresAt" : 9999999999999,
                "refreshToken" : "r"
              }
            }
            """;
    private static final String REFRESHED = "claude-fleet: keeper refreshed the login\n";

    @RegisterExtension
    private static final ScriptContainer BOX = new ScriptContainer(Shop.fleet().toSpec());

    private final KeeperFixture keeper = new KeeperFixture(BOX);

    // ---- when it refreshes

    @ParameterizedTest
    @ValueSource(strings = {KeeperFixture.COMPACT, INDENTED})
    void refreshesALoginThatIsNearItsEnd(String form) {
        assertThat(keeper.form(form).keep("write_login 230 28000")).isEqualTo(REFRESHED);
        assertThat(keeper.calls()).isEqualTo(KeeperFixture.CALL);
    }

    @Test
    void refreshesALoginThatEndedWhileNobodyLooked() {
        assertThat(keeper.keep("write_login -86400")).isEqualTo(REFRESHED);
        assertThat(keeper.calls()).isEqualTo(KeeperFixture.CALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {KeeperFixture.COMPACT, INDENTED})
    void leavesALoginAloneThatIsGoodForAWhile(String form) {
        assertThat(keeper.form(form).inPauses(":").keep("write_login 300 28000"))
                .isEmpty();
        assertThat(keeper.calls()).isEmpty();
        assertThat(keeper.read("pauses").lines()).containsOnly("20");
    }

    /** A third of such a token's life is shorter than the usual four minutes. */
    @Test
    void refreshesATokenThatLivesShortOnceInEachOfItsLives() {
        keeper.cli("echo $(($(sed 's/.*expiresAt\":\\([0-9]*\\)000,.*/\\1/' $file) - $(date +%s))) >>$HERE/calls;"
                + " write_login 120\n");

        keeper.keepUntil("[ $(cat calls 2>/dev/null | wc -l) -ge 5 ]", "write_login 120");

        assertThat(keeper.calls().lines().map(Integer::parseInt))
                .as("seconds that were left at each refresh")
                .allMatch(left -> left <= 40 && left > 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{\"claudeAiOauth\":null}",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"expiresAt\":1000000}}",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"r\"}}",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"r\",\"expiresAt\":\"soon\"}}",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"r\",\"expiresAt\":0}}",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"r\",\"expiresAt\":0089000}}",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"r\",\"expiresAt\":10000000000000000000}}",
                "{\"claudeAiOauth\":{\"accessToken\":17,\"refreshToken\":[],\"expiresAt\":1000000}}"
            })
    void leavesAloneWhatItCannotRefreshAndStaysUp(String content) {
        keeper.form(content).keep("write_login 0");

        assertThat(keeper.calls()).isEmpty();
        assertThat(keeper.login()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkdir $file",
                "mkfifo $file",
                "ln -s nowhere $file",
                "write_login -10; mv $file login/other; ln -s other $file",
                "write_login -10; chmod 000 $file",
                "head -c 5000000 /dev/zero >$file",
                "head -c 5000000 /dev/zero | tr '\\0' '{' >$file"
            })
    void leavesAloneWhatIsNoFileThatTheCliWrote(String before) {
        String listing = keeper.run(before + "; ls -lnd $file").output();

        keeper.keep(":");

        assertThat(keeper.calls()).isEmpty();
        assertThat(keeper.run("ls -lnd $file").output()).isEqualTo(listing);
    }

    @Test
    void waitsForALoginThatIsNotThereYet() {
        keeper.keepUntil("[ -e calls ]", "(until looks 3; do /bin/sleep 0.02; done; write_login 100 28000) & :");

        assertThat(keeper.calls()).isEqualTo(KeeperFixture.CALL);
    }

    @Test
    void inTheModesWithoutALoginThereIsNothingToWaitFor() {
        keeper.keep("export CLAUDE_FLEET_LOGIN=apiKey");

        assertThat(keeper.state()).contains("doing=keeping\n");
    }

    // ---- failed refreshes

    @Test
    void asksAgainSoonAndThenWithPausesThatGrow() {
        String said = keeper.cli("echo \"$@\" >>$HERE/calls; exit 1\n")
                .keepUntil("[ $(cat calls 2>/dev/null | wc -l) -ge 13 ]", "write_login 100 28000");

        assertThat(said.lines().map(line -> line.replaceAll(".* in (\\d+) s$", "$1")))
                .as("a single call may skip its refresh, which is no news")
                .startsWith("2", "4", "8", "16", "32", "64", "128", "256", "300", "300");
        assertThat(keeper.state())
                .containsPattern("doing=(failing|refreshing)\n")
                .containsPattern("failures=1[1-3]\n");
    }

    @Test
    void isItsUsualSelfAgainOnceTheLoginWasRefreshed() {
        keeper.cli("echo \"$@\" >>$HERE/calls; [ $(wc -l <$HERE/calls) -lt 4 ] || write_login 28800\n")
                .keepUntil("grep -q refreshed said 2>/dev/null && looks 12", "write_login 100 28000");

        assertThat(keeper.calls().lines()).hasSize(4);
        assertThat(keeper.state()).contains("doing=keeping\n", "failures=0\n");
    }

    @Test
    void aLoginThatComesMeanwhileIsNotMadeToWait() {
        keeper.cli("echo \"$@\" >>$HERE/calls; [ ! -e $HERE/came ] || write_login 28800\n")
                .inPauses(
                        "[ $(wc -l <$HERE/calls) -lt 4 ] || [ -e $HERE/came ] || { touch $HERE/came; write_login 90 28000; }");

        keeper.keepUntil("grep -q refreshed said 2>/dev/null", "write_login 100 28000");

        assertThat(keeper.calls().lines()).as("no pause was left to wait for").hasSize(5);
    }

    @Test
    void asksInAnotherWayWhereTheUsualOneDoesNothing() {
        keeper.cli("echo \"$@\" >>$HERE/calls; [ \"$*\" != 'auth status' ] || write_login 28800\n")
                .keepUntil("grep -q refreshed said 2>/dev/null", "write_login 100 28000");

        assertThat(keeper.calls()).isEqualTo(KeeperFixture.CALL.repeat(3) + "auth status\n");
    }

    @Test
    void aCliThatIsNotThereIsNoReasonToGiveUp() {
        keeper.run("rm bin/claude");

        assertThat(keeper.keepUntil("grep -q trying said 2>/dev/null", "write_login 100 28000"))
                .contains("could not refresh the login, trying again in 2 s");
    }

    // ---- state

    @Test
    void tellsWhatItDoesWhileItDoesItAndNothingOnceItHasEnded() {
        keeper.cli("cp $HERE/kit/state/keeper $HERE/seen; write_login 28800\n");

        keeper.keepUntil("grep -q keeping kit/state/keeper 2>/dev/null", "write_login 100 28000");

        assertThat(keeper.read("seen")).startsWith("doing=refreshing\nexpires=");
        assertThat(keeper.state().lines().map(line -> line.replaceAll("=[0-9]{10}$", "=TIME")))
                .containsExactly("doing=keeping", "expires=TIME", "refreshed=TIME", "failures=0", "restarts=0");
        assertThat(keeper.run("ls kit/state").output()).isEmpty();
    }

    @Test
    void writesItDownOnlyWhenItHasChanged() {
        keeper.inPauses("stat -c %i $HERE/kit/state/keeper >>$HERE/inodes").keep("write_login 20000");

        assertThat(keeper.read("inodes").lines().distinct()).hasSize(1);
    }

    @Test
    void doesWithoutAStateWhereThereIsNoPlaceForOne() {
        assertThat(keeper.keep("export CLAUDE_FLEET_KIT=$HERE/nowhere; write_login 100 28000"))
                .isEqualTo(REFRESHED);
    }

    // ---- stop

    @Test
    void letsARefreshFinishWhenItIsAskedToEndAndEndsThen() {
        keeper.inRealTime()
                .cli("echo begun >>$HERE/calls; /bin/sleep 2; write_login 28800; echo ended >>$HERE/calls\n");

        assertThat(keeper.keepUntil("[ -e calls ]", "write_login 100 28000")).isEqualTo(REFRESHED);
        assertThat(keeper.calls()).isEqualTo("begun\nended\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP"})
    void endsAtOnceWhereThereIsNothingToFinish(String signal) {
        ExecResult result = keeper.inRealTime()
                .run("/bin/sh $KIT/keeper.sh >said 2>&1 & keeper=$!;"
                        + " until [ -e kit/state/keeper ]; do /bin/sleep 0.02; done; kill -" + signal
                        + " $keeper; timeout 10 tail --pid=$keeper -f /dev/null");

        assertThat(result.exitCode()).as("124 if it was still there").isZero();
    }

    @Test
    void doesNotWaitForACliThatWaitsForAPerson() {
        ExecResult result = keeper.inRealTime()
                .cli("/bin/sleep 20\n")
                .run("claude auth login & login=$!; /bin/sh $KIT/keeper.sh >said 2>&1 & keeper=$!;"
                        + " until [ -e kit/state/keeper ]; do /bin/sleep 0.02; done; kill -TERM $keeper;"
                        + " timeout 10 tail --pid=$keeper -f /dev/null; echo $?; kill $login");

        assertThat(result.output()).as("124 if it was still there").isEqualTo("0\n");
    }

    /**
     * The signal may arrive before the keeper waits; the shell then prints its own message about the killed process.
     */
    @Test
    void aPauseThatIsCutShortIsNothingToTellOf() {
        assertThat(keeper.inPauses("[ -e $HERE/cut ] || { touch $HERE/cut; kill -TERM $$; }")
                        .keep("write_login 20000"))
                .isEmpty();
        assertThat(keeper.read("pauses").lines()).hasSizeGreaterThan(4);
    }

    // ---- kill

    /** A second CLI could conflict with the first one, which was left running. */
    @Test
    void oneThatWasKilledWhileItRefreshedComesBackWhenTheRefreshIsOver() {
        keeper.inRealTime()
                .cli("echo begun >>$HERE/calls; /bin/sleep 3; write_login 100 28000; echo ended >>$HERE/calls;"
                        + " [ $(grep -c ended $HERE/calls) -lt 2 ] || write_login 28800\n");

        String said = keeper.keepUntil(
                "{ [ -e killed ] || [ ! -e calls ] || { touch killed; kill -9 $(loop); }; } && [ $(grep -c ended calls) -ge 2 ]",
                "loop() { grep -l \"^PPid:.$keeper$\" /proc/[0-9]*/status | cut -d / -f 3; }; write_login 100 28000");

        assertThat(keeper.calls()).isEqualTo("begun\nended\nbegun\nended\n");
        assertThat(said).isEqualTo("claude-fleet: keeper was killed and goes on\n" + REFRESHED);
        assertThat(keeper.state()).contains("restarts=1\n");
    }

    @Test
    void oneThatWasKilledAltogetherSaysHowOftenWhenItIsStartedAgain() {
        keeper.run("printf '%s\\n' doing=refreshing expires=5 refreshed=1234 failures=3 restarts=4 >kit/state/keeper");

        keeper.keep("write_login 20000");

        assertThat(keeper.state()).contains("doing=keeping\n", "refreshed=1234\n", "failures=0\n", "restarts=5\n");
    }

    @Test
    void aStateThatCannotBeReadIsNoReasonToStop() {
        for (String state : List.of("", "restarts=", "restarts=x;y", "restarts=99999999999999999999")) {
            keeper.run("printf '%s' '" + state + "' >kit/state/keeper");

            keeper.keep("write_login 20000");

            assertThat(keeper.state()).contains("restarts=1\n");
        }
    }
}
