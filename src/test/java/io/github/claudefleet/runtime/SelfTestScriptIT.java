package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.AgentExit;
import io.github.claudefleet.spec.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs selftest.sh as in the auth container. */
class SelfTestScriptIT {

    /** CLI that reads its login from the directory that a variable names. */
    private static final String LOOKS_IN =
            "if [ -s \"$%s/.credentials.json\" ]; then echo '{ \"loggedIn\": true }'; else echo '{ \"loggedIn\": false }'; exit 1; fi\n";

    @RegisterExtension
    private static final ScriptContainer BOX = new ScriptContainer(Shop.fleet().toSpec());

    private final Place place = BOX.place();

    @Test
    void aCliThatKeepsTheLoginApartIsToldAndRemembered() {
        place.cli(LOOKS_IN.formatted("CLAUDE_SECURESTORAGE_CONFIG_DIR"));

        assertThat(run().output()).isEqualTo("yes\n");
        assertThat(place.read("$KIT/state/selftest")).isEqualTo("c0ffee yes");
    }

    @Test
    void aCliThatMixesItWithTheRestIsToldAndRemembered() {
        place.cli(LOOKS_IN.formatted("CLAUDE_CONFIG_DIR"));

        assertThat(run().output()).isEqualTo("no\n");
        assertThat(place.read("$KIT/state/selftest")).isEqualTo("c0ffee no");
    }

    @Test
    void aCliThatFailsIsNoYes() {
        place.cli("echo 'no such command' >&2; exit 2\n");

        assertThat(run()).isEqualTo(new ExecResult(0, "no\n", ""));
    }

    @Test
    void whereThereIsNoCliThereIsNoAnswer() {
        assertThat(run().exitCode()).isEqualTo(AgentExit.NO_CLI);
    }

    @Test
    void theFleetsOwnLoginIsNeitherAskedNorChangedAndNothingIsLeftBehind() {
        place.cli("env >$HERE/seen; exit 1\n")
                .file("login/.credentials.json", "own")
                .with("TMPDIR", "/tmp/left");
        place.run("mkdir -p /tmp/left");

        run();

        assertThat(place.read("seen")).contains("CLAUDE_CONFIG_DIR=/tmp/left/").doesNotContain("DIR=/tmp/place");
        assertThat(place.read("login/.credentials.json")).isEqualTo("own");
        assertThat(place.run("ls /tmp/left").output()).isEmpty();
    }

    private ExecResult run() {
        return place.run("/bin/sh $KIT/selftest.sh c0ffee");
    }
}
