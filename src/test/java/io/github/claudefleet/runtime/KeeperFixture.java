package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer.Place;

/**
 * Directory for a keeper, with accelerated time: a pause takes a hundredth of a second, and the clock is advanced by
 * its nominal length. {@code write_login LEFT [AGE]} writes a login whose token is valid for LEFT seconds and which was
 * written AGE seconds ago; {@code file} is the login's file, {@code lock} the CLI's lock.
 */
final class KeeperFixture {

    static final String COMPACT = "{\"claudeAiOauth\":{\"accessToken\":\"a-EXPIRES\",\"refreshToken\":\"r-EXPIRES\","
            + "\"expiresAt\":EXPIRES000,\"scopes\":[\"user:inference\"]}}";
    /** Arguments of the first CLI call, which refreshes the login and waits for the service. */
    static final String CALL = "-p /context --setting-sources user --strict-mcp-config --no-session-persistence\n";

    static final String BLANK =
            "{\"claudeAiOauth\":{\"accessToken\":\"\",\"refreshToken\":\"\",\"expiresAt\":0,\"scopes\":[]}}";
    /** Refreshes as the CLI does: the token is valid for eight hours. */
    static final String REFRESHING = "echo \"$@\" >>$HERE/calls; write_login 28800\n";
    /** Blanks the login, as the CLI does after its refresh was rejected. */
    static final String REFUSED = "echo \"$@\" >>$HERE/calls; cat $HERE/blank >$HERE/login/.credentials.json\n";

    private static final String CLOCK = "echo $(($(/bin/date +%s) + $(cat $HERE/passed)))\n";
    private static final String IN_A_CALL = "case $1 in *.*) exec /bin/sleep 0.01 ;; esac; ";
    private static final String FLYING =
            IN_A_CALL + "echo \"$1\" >>$HERE/pauses; echo $(($(cat $HERE/passed) + $1)) >$HERE/next;"
                    + " mv $HERE/next $HERE/passed; exec /bin/sleep 0.01\n";
    private static final String WRITE_LOGIN = "now=$(date +%s); sed \"s/EXPIRES/$((now + $1))/g\" $HERE/form"
            + " >$HERE/login/new; touch -d @$((now - ${2:-0})) $HERE/login/new;"
            + " mv $HERE/login/new $HERE/login/.credentials.json\n";

    private final Place place;

    KeeperFixture(ScriptContainer box) {
        place = box.place();
        place.with("CLAUDE_FLEET_KIT", place.path("kit"))
                .with("file", place.path("login/.credentials.json"))
                .with("lock", place.path("login/.oauth_refresh.lock"))
                .file("kit/state/.keep", "")
                .file("login/.keep", "")
                .file("passed", "0")
                .file("pauses", "")
                .file("blank", BLANK)
                .file("form", COMPACT)
                .command("date", CLOCK)
                .command("sleep", FLYING)
                .command("write_login", WRITE_LOGIN)
                .command("looks", "[ $(wc -l <$HERE/pauses) -ge $1 ]\n")
                .cli(REFRESHING);
    }

    /** Sets the template of a login's file. */
    KeeperFixture form(String form) {
        place.file("form", form);
        return this;
    }

    KeeperFixture cli(String script) {
        place.cli(script);
        return this;
    }

    /**
     * Sets a script that runs in each pause, with the pause's length as its argument; the clock is then not advanced.
     */
    KeeperFixture inPauses(String script) {
        place.command("sleep", IN_A_CALL + "echo \"$1\" >>$HERE/pauses; " + script + "; exec /bin/sleep 0.01\n");
        return this;
    }

    /** Lets pauses take their real time. */
    KeeperFixture inRealTime() {
        place.run("rm bin/sleep bin/date");
        return this;
    }

    ExecResult run(String script) {
        return place.run(script);
    }

    String read(String path) {
        return place.read(path);
    }

    /** Content of the login's file. */
    String login() {
        return place.read("$file");
    }

    /** Content of the copy for agents. */
    String forAgents() {
        return place.read("login/for-agents/.credentials.json");
    }

    /** Arguments of each call of the CLI. */
    String calls() {
        return place.read("calls");
    }

    /** Runs the keeper until it has checked a few times; returns its output between "up" and "down". */
    String keep(String before) {
        return keepUntil("looks 5", before);
    }

    /**
     * Runs the keeper until a condition is met, then stops it as the engine does: only the keeper's process gets the
     * signal.
     *
     * @return output between "up" and "down"
     */
    String keepUntil(String condition, String before) {
        ExecResult result = place.run(": >pauses; " + before + "; /bin/sh $KIT/keeper.sh >said 2>&1 & keeper=$!; n=0;"
                + " until " + condition + " || [ $((n += 1)) -gt 1500 ]; do /bin/sleep 0.02; done;"
                + " [ $n -le 1500 ] || echo never; cp kit/state/keeper state 2>/dev/null;"
                + " kill -TERM $keeper; wait $keeper");
        assertThat(result.output())
                .as(condition + "; it said: " + place.read("said"))
                .doesNotContain("never");
        assertThat(result.exitCode()).as("how the keeper ended").isZero();
        String said = place.read("said");
        assertThat(said).startsWith("claude-fleet: keeper up\n").endsWith("claude-fleet: keeper down\n");
        return said.substring(said.indexOf('\n') + 1, said.length() - "claude-fleet: keeper down\n".length());
    }

    /** State of the keeper just before it was stopped. */
    String state() {
        return place.read("state");
    }
}
