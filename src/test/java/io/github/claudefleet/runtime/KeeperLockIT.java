package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.spec.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handling of the CLI's own refresh lock by the keeper. */
class KeeperLockIT {

    private static final String TAKE = "mkdir $lock; echo 17 >$lock.owner; ";

    @RegisterExtension
    private static final ScriptContainer BOX = new ScriptContainer(Shop.fleet().toSpec());

    private final KeeperFixture keeper = new KeeperFixture(BOX);

    @ParameterizedTest
    @ValueSource(strings = {"-61", "-86400", "+90", "+86400"})
    void clearsALockThatIsOldOrOfTheFutureAndThatNobodyTouches(String seconds) {
        keeper.inPauses(":");

        String said = keeper.keep("write_login 20000; " + TAKE + "touch -d @$(($(date +%s) " + seconds + ")) $lock");

        assertThat(said)
                .matches("claude-fleet: keeper cleared a refresh lock that nobody held, last touched -?\\d+ s ago\n");
        assertThat(keeper.run("ls -A login").output())
                .isEqualTo(".credentials.json\n.credentials.json.last-good\n.keep\nfor-agents\n");
    }

    @Test
    void refreshesAtOnceWhatCouldNotBeRefreshedForTheLock() {
        keeper.cli("echo \"$@\" >>$HERE/calls; [ -e $lock ] || write_login 28800\n");

        String said = keeper.keepUntil(
                "grep -q refreshed said 2>/dev/null", "write_login 100 28000; " + TAKE + "touch -d '-2 hours' $lock");

        assertThat(said.lines()).last().isEqualTo("claude-fleet: keeper refreshed the login");
        assertThat(said).contains("cleared a refresh lock");
    }

    /** The CLI would wait for the lock and then fail, repeatedly until the lock is cleared. */
    @Test
    void asksNoCliThatWouldWaitForALockThatNobodyHolds() {
        keeper.cli("[ ! -e $lock ] || touch $HERE/waited; write_login 28800\n");

        keeper.keepUntil(
                "grep -q refreshed said 2>/dev/null", "write_login 100 28000; " + TAKE + "touch -d '+1 hour' $lock");

        assertThat(keeper.run("ls waited 2>/dev/null").output()).isEmpty();
    }

    @Test
    void onlyALookBackAfterAWhileTellsThatNobodyTouchesIt() {
        assertThat(keeper.inRealTime()
                        .keepUntil(
                                "[ -e kit/state/keeper ]", "write_login 20000; " + TAKE + "touch -d '-2 hours' $lock"))
                .isEmpty();
        assertThat(keeper.run("ls -d $lock $lock.owner").output().lines()).hasSize(2);
    }

    /** On a busy machine the check may come half a minute after the touch, and a lock counts as old after a minute. */
    @ParameterizedTest
    @ValueSource(strings = {"-20", "+0", "+40"})
    void leavesAYoungLockAloneHoweverOftenItLooks(String seconds) {
        keeper.inPauses(
                "touch -d @$(($(/bin/date +%s) " + seconds + ")) $HERE/young; [ -e $lock ] || touch $HERE/cleared");

        String said = keeper.keepUntil(
                "looks 15", "write_login 20000; " + TAKE + "touch -d @$(($(date +%s) " + seconds + ")) $lock");

        assertThat(said).isEmpty();
        assertThat(keeper.run("ls -d $lock").output()).isNotEmpty();
    }

    @Test
    void leavesAnOldLockAloneThatIsTouchedFromTimeToTime() {
        keeper.inPauses("touch -d @$(($(stat -c %Y $lock) + 1)) $lock");

        assertThat(keeper.keepUntil("looks 15", "write_login 20000; " + TAKE + "touch -d '-2 hours' $lock"))
                .isEmpty();
        assertThat(keeper.run("ls -d $lock").output()).isNotEmpty();
    }

    @Test
    void leavesALockAloneWhileACliRunsBesideItAndClearsItSoonAfter() {
        keeper.cli("/bin/sleep 30 & sleeper=$!; trap 'kill $sleeper; exit' TERM; wait\n")
                .inPauses("[ -e $lock ] || touch $HERE/cleared");

        keeper.keepUntil(
                "looks 8", "claude -p & echo $! >cli; write_login 20000; " + TAKE + "touch -d '-2 hours' $lock");
        assertThat(keeper.run("ls -d $lock").output()).isNotEmpty();
        assertThat(keeper.read("pauses").lines()).startsWith("20", "1", "1");

        assertThat(keeper.keepUntil("[ ! -e $lock ]", "kill $(cat cli)")).contains("cleared a refresh lock");
    }
}
