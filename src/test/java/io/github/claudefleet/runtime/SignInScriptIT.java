package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.Shop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs signin.sh as in the auth container. */
class SignInScriptIT {

    /** Measured behaviour of {@code claude auth login}; it also records its arguments and its process id. */
    private static final String CLI = """
            echo "$@" >>$HERE/calls
            echo $$ >$HERE/cli
            printf 'Opening browser to sign in…\\nhttps://claude.ai/oauth?%s\\n' "$(wc -l <$HERE/calls)"
            printf 'Paste code here if prompted > '
            while read -r code; do
                case $code in
                    good#*) . $HERE/good; echo 'Login successful.'; exit 0 ;;
                    *#*) echo "Couldn't log in: that code was not accepted"; exit 1 ;;
                    *) echo "That doesn't look like the full code." ;;
                esac
            done
            """;

    private static final String WAITING = "state=waiting\nstatus=\nleft=";

    @RegisterExtension
    private static final ScriptContainer BOX = new ScriptContainer(Shop.fleet().toSpec());

    private Place place;

    @BeforeEach
    void settle() {
        place = BOX.place().cli(CLI).file("good", "");
    }

    @AfterEach
    void end() {
        script("end", "me");
    }

    @Test
    void itGoesOnWaitingOnceItHasShownItsAddress() {
        assertThat(script("open", "me 60"))
                .contains("\nhttps://claude.ai/oauth?1\nPaste code here if prompted > \n" + WAITING);
        assertThat(script("look")).contains("https://claude.ai/oauth?1", WAITING);
        assertThat(place.read("calls")).isEqualTo("auth login\n");
    }

    @Test
    void itsArgumentsAreThoseOfTheCli() {
        script("open", "me 60 --console --email ann@example.org");

        assertThat(place.read("calls")).isEqualTo("auth login --console --email ann@example.org\n");
    }

    @Test
    void whoComesSecondIsShownTheFirst() {
        script("open", "me 60 --sso");

        assertThat(script("open", "somebody-else 60 --sso")).contains("https://claude.ai/oauth?1", WAITING);
        assertThat(place.read("calls").lines()).hasSize(1);
    }

    @Test
    void whoWantsAnotherWayToSignInGetsOne() {
        script("open", "me 60");
        String first = place.read("cli").strip();

        assertThat(script("open", "me 60 --sso")).contains("https://claude.ai/oauth?2", WAITING);
        assertThat(place.run("kill -0 " + first).succeeded())
                .as("the first one runs")
                .isFalse();
    }

    @Test
    void theRightCodeCompletesIt() {
        script("open", "me 60");

        assertThat(hand("good#state")).contains("Login successful.\n\nstate=ended\nstatus=0\n");
        assertThat(script("look")).contains("state=ended\nstatus=0\n");
    }

    @Test
    void aWrongCodeEndsItAndTheNextOneIsANewOne() {
        script("open", "me 60");

        assertThat(hand("bad#state")).contains("Couldn't log in", "state=ended\nstatus=1\n");
        assertThat(script("open", "me 60"))
                .contains("https://claude.ai/oauth?2", WAITING)
                .doesNotContain("Couldn't");
    }

    @Test
    void aCodeThatNothingWaitsForGoesNowhere() {
        assertThat(hand("good#state")).isEqualTo("\nstate=none\nstatus=\nleft=0\n");
        assertThat(place.read("calls")).isEmpty();
    }

    @Test
    void theCodeIsInNoFileAndInNoProcessListWhileItIsHandedIn() {
        place.file("good", """
                cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' >$HERE/processes
                { grep -c -F "$code" $HERE/processes; grep -r -l -F "$code" $HERE; } >/tmp/seen; mv /tmp/seen $HERE
                """);
        script("open", "me 60");

        assertThat(hand("good#rare-state")).contains("status=0");
        assertThat(place.read("processes")).contains("signin.sh", "CLAUDE_FLEET_LOGIN=login");
        assertThat(place.read("seen").lines())
                .as("how often, and in which files")
                .containsExactly("0");
    }

    @Test
    void whatTheCliSaysThatAsksForNoCodeIsHandedOn() {
        place.cli("echo 'no network, sorry' >&2; exit 3\n");

        assertThat(script("open", "me 60")).isEqualTo("no network, sorry\n\nstate=ended\nstatus=3\nleft=0\n");
    }

    @Test
    void itEndsWhenItsTimeIsOver() {
        script("open", "me 1");

        assertThat(place.run("n=0; until [ -e sign-in/status ] || [ $n -gt 300 ]; do sleep 0.1; n=$((n + 1)); done")
                        .succeeded())
                .isTrue();
        assertThat(script("look")).contains("state=ended\nstatus=124\n");
        assertThat(hand("good#state")).contains("state=ended\nstatus=124\n");
    }

    @Test
    void whoBeganItEndsItAndNothingOfItIsLeft() {
        script("open", "me 60");

        script("end", "me");

        assertThat(place.run("kill -0 $(cat cli)").succeeded())
                .as("the CLI runs")
                .isFalse();
        assertThat(place.run("ls").output()).doesNotContain("sign-in");
        assertThat(script("look")).isEqualTo("\nstate=none\nstatus=\nleft=0\n");
    }

    @Test
    void nobodyElseEndsIt() {
        script("open", "me 60");

        script("end", "somebody-else");

        assertThat(script("look")).contains(WAITING);
    }

    @Test
    void whatItsContainerTookWithItDoesNotWait() {
        place.run("mkdir sign-in && mkfifo sign-in/code && echo 1 >sign-in/pid && echo old >sign-in/output");

        assertThat(script("look")).contains("state=none");
        assertThat(script("open", "me 60"))
                .contains("https://claude.ai/oauth?1", WAITING)
                .doesNotContain("old");
    }

    @Test
    void whatItLeavesLyingIsItsUsersAlone() {
        script("open", "me 60");

        assertThat(place.run("ls -ld sign-in | cut -c1-10; ls -l sign-in | grep -v total | cut -c5-10 | sort -u")
                        .output())
                .isEqualTo("drwx------\n------\n");
    }

    private String hand(String code) {
        place.file("handed", code + "\n");
        place.run("mv handed /tmp/handed");
        return place.run("exec 4</tmp/handed; rm /tmp/handed; /bin/sh $KIT/signin.sh hand $HERE/sign-in <&4")
                .output();
    }

    private String script(String action) {
        return script(action, "");
    }

    private String script(String action, String arguments) {
        return place.run("/bin/sh $KIT/signin.sh " + action + " $HERE/sign-in " + arguments)
                .output();
    }
}
