package io.github.claudefleet.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.kit.ScriptBox.Place;
import io.github.claudefleet.spec.SampleFleet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** keeper.sh, as it runs in the auth container. */
@Tag("engine")
class KeeperScriptTest {

    private static final String COMPACT = "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"r\","
            + "\"expiresAt\":EXPIRES000,\"scopes\":[\"user:inference\"]}}";
    private static final String INDENTED = """
            {
              "other" : {
                "expiresAt" : 1000
              },
              "claudeAiOauth" : {
                "accessToken" : "a",
                "expiresAt" : EXPIRES000,
                "refreshToken" : "r"
              }
            }
            """;
    /** Refreshes as the CLI does: an hour from now. */
    private static final String REFRESHING = "echo \"$@\" >>$HERE/calls; write_login 3600\n";
    /** A second passes in a hundredth, and is written down. */
    private static final String SHORT_SLEEP = "echo \"$1\" >>$HERE/pauses; exec /bin/sleep 0.0\"$1\"\n";

    private static ScriptBox box;

    private Place place;

    @BeforeAll
    static void open() {
        box = new ScriptBox(SampleFleet.of().spec());
    }

    @AfterAll
    static void close() {
        box.close();
    }

    @BeforeEach
    void settle() {
        place = box.place().command("claude", REFRESHING);
        usesTheForm(COMPACT);
    }

    // ---- when it refreshes, and when not

    @ParameterizedTest
    @ValueSource(strings = {COMPACT, INDENTED})
    void refreshesALoginThatIsNearItsEnd(String form) {
        usesTheForm(form);

        String said = keep("write_login 200");

        assertThat(place.read("calls")).isEqualTo("auth status\n");
        assertThat(said.lines())
                .containsExactly(
                        "claude-fleet: keeper up",
                        "claude-fleet: keeper refreshed the login",
                        "claude-fleet: keeper down");
    }

    @Test
    void refreshesALoginThatEndedWhileNobodyLooked() {
        keep("write_login -86400");

        assertThat(place.read("calls")).isEqualTo("auth status\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPACT, INDENTED})
    void leavesALoginAloneThatIsGoodForAWhile(String form) {
        usesTheForm(form);

        keep("write_login 3600");

        assertThat(place.read("calls")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"expiresAt\":1000000}}",
                "{\"claudeAiOauth\":{\"accessToken\":\"\",\"refreshToken\":\"\",\"expiresAt\":0}}",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"r\"}}",
                "{\"claudeAiOauth\":{\"accessToken\":\"a\",\"refreshToken\":\"r\",\"expiresAt\":\"soon\"}}"
            })
    void leavesAloneWhatItCannotRefreshAndStaysUp(String content) {
        place.file("login/.credentials.json", content);

        String said = keep(":");

        assertThat(place.read("calls")).isEmpty();
        assertThat(said.lines()).containsExactly("claude-fleet: keeper up", "claude-fleet: keeper down");
    }

    @Test
    void waitsForALoginThatIsNotThereYet() {
        place.command("sleep", SHORT_SLEEP);

        keep("(/bin/sleep 0.5; write_login 100) &");

        assertThat(place.read("calls")).isEqualTo("auth status\n");
    }

    // ---- when it doesn't work

    @Test
    void asksAgainWithGrowingPausesWhereTheLoginWasNotRefreshed() {
        place.command("claude", "echo \"$@\" >>$HERE/calls; exit 1\n").command("sleep", SHORT_SLEEP);

        String said = keepFor(4, "write_login 100");

        assertThat(place.read("pauses").lines()).startsWith("40", "80", "160", "300", "300");
        assertThat(said.lines())
                .startsWith(
                        "claude-fleet: keeper up",
                        "claude-fleet: keeper could not refresh the login, trying again in 40 s",
                        "claude-fleet: keeper could not refresh the login, trying again in 80 s");
    }

    @Test
    void isItsUsualSelfAgainOnceTheLoginWasRefreshed() {
        place.command("claude", "[ -e $HERE/calls ] && write_login 3600; echo \"$@\" >>$HERE/calls\n")
                .command("sleep", SHORT_SLEEP);

        keepFor(2, "write_login 100");

        assertThat(place.read("calls").lines()).hasSize(2);
        assertThat(place.read("pauses").lines()).startsWith("40", "20", "20");
    }

    @Test
    void aCliThatIsNotThereIsNoReasonToGiveUp() {
        place.run("rm bin/claude");

        assertThat(keep("write_login 100"))
                .contains("could not refresh the login")
                .contains("keeper down");
    }

    // ---- the end

    @Test
    void letsARefreshFinishWhenItIsAskedToEndAndEndsThen() {
        place.command("claude", "echo begun >>$HERE/calls; /bin/sleep 2; write_login 3600; echo ended >>$HERE/calls\n");

        ExecResult result = place.run("write_login 100; /bin/sh $KIT/keeper.sh >said 2>&1 & keeper=$!;"
                + " n=0; until [ -e calls ] || [ $((n += 1)) -gt 200 ]; do /bin/sleep 0.1; done; kill -TERM $keeper;"
                + " timeout 12 tail --pid=$keeper -f /dev/null");

        assertThat(result.exitCode()).as("124 if it was still there").isZero();
        assertThat(place.read("calls")).isEqualTo("begun\nended\n");
        assertThat(place.read("said")).contains("refreshed the login").endsWith("keeper down\n");
    }

    @Test
    void endsAtOnceWhereThereIsNothingToFinish() {
        ExecResult result = place.run("/bin/sh $KIT/keeper.sh >said 2>&1 & keeper=$!; /bin/sleep 1; kill -TERM $keeper;"
                + " timeout 5 tail --pid=$keeper -f /dev/null");

        assertThat(result.exitCode()).as("124 if it was still there").isZero();
    }

    /** What a login file looks like that ends in so many seconds. */
    private void usesTheForm(String form) {
        place.file("form", form)
                .command(
                        "write_login",
                        "mkdir -p $HERE/login\nsed \"s/EXPIRES/$(($(date +%s) + $1))/\" $HERE/form"
                                + " >$HERE/login/.credentials.json\n");
    }

    private String keep(String before) {
        return keepFor(1, before);
    }

    /**
     * Runs the keeper for so many seconds, then asks it to end, as the engine does: it alone gets the signal. What it
     * says goes by a file, since the sleep that it leaves behind would hold a pipe open.
     *
     * @return what it said
     */
    private String keepFor(int seconds, String before) {
        ExecResult result = place.run(before + (before.endsWith("&") ? "" : ";")
                + " /bin/sh $KIT/keeper.sh >said 2>&1 & keeper=$!; /bin/sleep " + seconds
                + "; kill -TERM $keeper; wait $keeper");
        assertThat(result.exitCode()).as("how the keeper ended").isZero();
        return place.read("said");
    }
}
