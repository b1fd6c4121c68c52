package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Sha256;
import io.github.claudefleet.spec.Shop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs run.sh, serve.sh, task.sh and signal.sh as in a fleet's containers. */
class RunScriptIT {

    private static final String PROMPT = "Prüfe $HOME und `id`\n";
    private static final String GOOD = "echo '{\"type\":\"result\",\"is_error\":false}'\n";
    private static final String BAD = "echo '{\"type\":\"result\",\"is_error\":true}'\n";
    private static final String HASH =
            new Sha256().add(PROMPT.getBytes(StandardCharsets.UTF_8)).hex();

    @RegisterExtension
    private static final ScriptContainer BOX = new ScriptContainer(Shop.fleet()
            .agent(Shop.agent("tester"))
            .credential(LoginMode.API_KEY, Shop.credential("sk-ant-invented"))
            .toSpec());

    private final Place place = BOX.place();

    RunScriptIT() {
        place.with("CLAUDE_FLEET_TASKS", place.path("tasks"));
        place.run("mkdir -p kit/prompts/fixer kit/checks; cp $KIT/*.sh kit/");
        place.with("CLAUDE_FLEET_KIT", place.path("kit"));
        for (String task : List.of("tester", "fixer/01", "fixer/02", "fixer/03")) {
            place.file("kit/prompts/" + task + ".md", PROMPT);
        }
    }

    @Test
    void framesWhatTheCliPrints() {
        place.cli("echo '{\"type\":\"result\"}'; cat >$HERE/input; printf '%s\\n' \"$@\" >$HERE/arguments\n");

        ExecResult result = place.run("/bin/sh kit/run.sh tester --model 'opus plan'");

        assertThat(result.exitCode()).isZero();
        assertThat(frames(result))
                .containsExactly(
                        begin("tester"),
                        "{\"type\":\"result\"}",
                        "{\"type\":\"claude_fleet\",\"subtype\":\"end\",\"task\":\"tester\",\"exit\":0,\"oom\":false,\"check\":false,\"time\":T}");
        assertThat(place.read("input")).isEqualTo(PROMPT);
        assertThat(place.read("arguments").lines())
                .containsExactly(
                        "-p",
                        "--output-format",
                        "stream-json",
                        "--verbose",
                        "--setting-sources",
                        "user",
                        "--strict-mcp-config",
                        "--model",
                        "opus plan");
    }

    @Test
    void usesWhatARepositoryBringsAlongWhereThatIsTrusted() {
        place.cli("printf '%s\\n' \"$@\"\n").with("CLAUDE_FLEET_REPOSITORY", "trusted");

        assertThat(place.run("/bin/sh kit/run.sh tester").output())
                .contains("user,project,local")
                .doesNotContain("--strict-mcp-config");
    }

    @Test
    void beginsANewLineAfterOneThatWasCutOff() {
        place.cli("printf '{\"type\":'; exit 7\n");

        ExecResult result = place.run("/bin/sh kit/run.sh tester");

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(frames(result)).contains("{\"type\":").last().asString().contains("\"exit\":7");
    }

    @Test
    void tellsTheCliAndTheFrameTheSpanOfTheAttempt() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        place.file("kit/trace", trace).cli("echo \"parent $TRACEPARENT\"\n");

        List<String> first = frames(place.run("/bin/sh kit/run.sh tester"));
        List<String> second = frames(place.run("/bin/sh kit/run.sh tester"));

        assertThat(first.get(1)).matches("parent 00-" + trace + "-[0-9a-f]{16}-01");
        String span = first.get(1).substring(43, 59);
        assertThat(first.get(0)).contains("\"round\":1,\"trace\":\"" + trace + "\",\"span\":\"" + span + "\",\"time\"");
        assertThat(second.get(1)).doesNotContain(span);
        assertThat(frames(place.run("rm kit/trace; TRACEPARENT=own /bin/sh kit/run.sh tester")))
                .startsWith(begin("tester"), "parent own");
    }

    @Test
    void tellsTheCommitThatTheWorkspaceIsAt() {
        place.cli("exit 0\n").command("git", "echo \"$*\" | grep -q rev-parse && echo 0123abc\n");

        assertThat(frames(place.run("/bin/sh kit/run.sh tester")).get(0)).contains("\"commit\":\"0123abc\"");
    }

    @Test
    void checksWhatTheCliDidWhereThatEndedWell() {
        place.cli(GOOD).file("kit/checks/fixer.sh", "echo checking; exit 5\n");

        ExecResult result = place.run("/bin/sh kit/run.sh fixer/01");

        assertThat(result.exitCode()).as("the CLI's").isZero();
        assertThat(frames(result)).last().asString().contains("\"subtype\":\"check\"", "\"exit\":5");
        assertThat(result.output()).contains("\nclaude-fleet-check: checking\n");
    }

    @Test
    void tellsAFailureThatLeftNoSpace() {
        place.cli("head -c 4m /dev/zero >fill\n").file("kit/checks/fixer.sh", "exit 1\n");
        String full =
                "{\"type\":\"claude_fleet\",\"subtype\":\"full\",\"task\":\"%s\",\"place\":\"the workspace\",\"time\":T}";

        // The secrets directory is a file system of 1 MiB, in memory.
        ExecResult result = place.run("cd /claude-fleet/secrets && /bin/sh $HERE/kit/run.sh tester");
        ExecResult checked =
                place.cli(GOOD).run("cd /claude-fleet/secrets && /bin/sh $HERE/kit/run.sh fixer/01; rm -f fill");
        ExecResult room = place.cli("exit 1\n").run("/bin/sh kit/run.sh tester");

        assertThat(frames(result)).contains(full.formatted("tester"));
        assertThat(result.errors()).contains("No space left on device");
        assertThat(frames(checked)).contains(full.formatted("fixer/01"));
        assertThat(room.output()).doesNotContain("\"full\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 1\n",
                "exec sh -c 'kill -9 $$'\n",
                "echo '{\"type\":\"user\",\"text\":\"\\\"type\\\":\\\"result\\\",\\\"is_error\\\":true\"}'\n",
                "setsid env -u CLAUDE_FLEET_TASK sleep 300 &\n",
                "head -c 5242880 /dev/zero | tr '\\0' x; printf '\\377\\n'\n"
            })
    void checksWhatHasAGoodResultHoweverTheCliEnds(String end) {
        place.cli(BAD + GOOD + end).file("kit/checks/fixer.sh", "exit 5\n");

        ExecResult result = place.run("/bin/sh kit/run.sh fixer/01");

        assertThat(frames(result)).last().asString().contains("\"subtype\":\"check\"", "\"exit\":5");
        assertThat(result.output().indexOf("\"is_error\":false"))
                .as("all that the CLI printed comes before the frame of its end")
                .isBetween(0, result.output().indexOf("\"subtype\":\"end\""));
    }

    @Test
    void checksWhatWasInterruptedAfterItsResult() {
        place.cli(GOOD + "touch $HERE/up; trap '' INT TERM; while :; do sleep 0.1; done\n")
                .file("kit/checks/fixer.sh", "exit 0\n");

        ExecResult result = place.run("/bin/sh kit/run.sh fixer/01 & n=0; while [ ! -e up ] && [ $n -lt 300 ]; do"
                + " n=$((n+1)); sleep 0.1; done; /bin/sh kit/signal.sh fixer/01 KILL all; wait $!");

        assertThat(frames(result)).last().asString().contains("\"subtype\":\"check\"", "\"exit\":0");
        assertThat(result.output()).contains("\"exit\":137,\"oom\":false,\"check\":true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 0\n", GOOD + BAD + "exit 0\n", BAD + "exit 1\n"})
    void checksNothingWithoutAGoodResult(String script) {
        place.cli(script).file("kit/checks/fixer.sh", "exit 0\n");

        assertThat(place.run("/bin/sh kit/run.sh fixer/01").output())
                .contains("\"check\":false")
                .doesNotContain("\"subtype\":\"check\"");
    }

    @Test
    void checksNothingOnceItIsAskedToEnd() {
        place.cli("trap 'exit 0' INT; " + GOOD + "touch $HERE/up; while :; do sleep 0.1; done\n")
                .file("kit/checks/fixer.sh", "exit 0\n");

        ExecResult result = place.run("/bin/sh kit/run.sh fixer/01 & n=0; while [ ! -e up ] && [ $n -lt 300 ]; do"
                + " n=$((n+1)); sleep 0.1; done; kill $!; wait $!");

        assertThat(result.output()).contains("\"exit\":143,\"oom\":false,\"check\":false");
    }

    @Test
    void aPlaceThatTakesNoPipeLeavesTheCheckToTheClisStatus() {
        place.cli("exit 0\n").command("mkfifo", "exit 1\n").file("kit/checks/fixer.sh", "exit 5\n");

        assertThat(place.run("/bin/sh kit/run.sh fixer/01").output()).contains("\"exit\":5");
    }

    @Test
    void hasTheCliSayWhenItIsThrough() {
        place.cli("env | grep ^CLAUDE_CODE_ >&2\n");

        assertThat(place.run("/bin/sh kit/run.sh tester").errors())
                .contains("CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS=1", "CLAUDE_CODE_PRINT_BG_WAIT_CEILING_MS=0");
    }

    @Test
    void saysThatAPromptIsNotThere() {
        ExecResult result = place.run("/bin/sh kit/run.sh nobody");

        assertThat(result.exitCode()).isEqualTo(66);
        assertThat(result.errors()).contains("the prompt", "nobody.md is not there");
        assertThat(frames(result)).last().asString().contains("\"exit\":66");
    }

    @Test
    void passesASignalOnAndStillTellsTheEnd() {
        place.cli("trap 'echo asked; exit 4' TERM; touch $HERE/up; while :; do sleep 0.1; done\n");

        ExecResult result = place.run("/bin/sh kit/run.sh tester & n=0; while [ ! -e up ] && [ $n -lt 300 ]; do"
                + " n=$((n+1)); sleep 0.1; done; kill $!; wait $!; echo ended $?");

        assertThat(frames(result)).contains("asked", "ended 4");
        assertThat(result.output()).contains("\"exit\":4");
    }

    @Test
    void interruptsTheCliBeforeItTerminatesIt() {
        place.cli("exec node -e \"process.on('SIGINT', () => console.log('interrupted'));"
                + " process.on('SIGTERM', () => { console.log('terminated'); process.exit(5) });"
                + " require('fs').writeFileSync(process.env.HERE + '/up', ''); setInterval(() => {}, 1000)\"\n");

        ExecResult result =
                place.run("export HERE; /bin/sh kit/run.sh tester & n=0; while [ ! -e up ] && [ $n -lt 300 ]; do"
                        + " n=$((n+1)); sleep 0.1; done; kill $!; wait $!; echo ended $?");

        assertThat(frames(result)).containsSubsequence("interrupted", "terminated", "ended 5");
    }

    @Test
    void takesNoInterruptedCliForOneThatIsDone() {
        place.cli("exec node -e \"process.on('SIGINT', () => process.exit(0));"
                + " require('fs').writeFileSync(process.env.HERE + '/up', ''); setInterval(() => {}, 1000)\"\n");

        ExecResult result =
                place.run("export HERE; /bin/sh kit/run.sh tester & n=0; while [ ! -e up ] && [ $n -lt 300 ]; do"
                        + " n=$((n+1)); sleep 0.1; done; kill $!; wait $!; echo ended $?");

        assertThat(result.output()).contains("\"exit\":143", "ended 143");
    }

    /** Runs many at once, so that a child has often ended before its shell waits for it. */
    @Test
    void tellsTheEndOfAChildThatIsQuickerThanTheShell() {
        place.file("quick.sh", """
                eval "$(sed -n '/^await() {/,/^}/p' kit/run.sh)"
                n=0
                while [ $n -lt 200 ]; do
                    n=$((n + 1))
                    (exit 3) &
                    await
                    echo "ended $status"
                done
                """);

        ExecResult result =
                place.run("for one in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do /bin/sh quick.sh & done; wait");

        assertThat(result.output().lines().distinct()).containsExactly("ended 3");
        assertThat(result.output().lines()).hasSize(3200);
    }

    @Test
    void endsWhatTheCliLeftBehind() {
        place.cli("setsid sh -c 'trap \"\" TERM; while :; do sleep 1; done' >/dev/null 2>&1 & exit 0\n");

        ExecResult result = place.run("/bin/sh kit/run.sh tester; /bin/sh kit/signal.sh tester 0 all; echo left $?");

        assertThat(result.output()).contains("left 1");
    }

    @Test
    void signalsTheCliAndNothingElse() {
        place.cli("trap 'exit 9' TERM; sleep 300 & echo $! >$HERE/child; touch $HERE/up; wait; exit 0\n");

        ExecResult result = place.run("/bin/sh kit/run.sh tester >out & run=$!; n=0;"
                + " while [ ! -e up ] && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done;"
                + " /bin/sh kit/signal.sh other TERM; echo other $?; /bin/sh kit/signal.sh tester TERM; echo signalled $?;"
                + " wait $run; echo ended $?");

        assertThat(result.output()).contains("other 1", "signalled 0", "ended 9");
    }

    @Test
    void takesTasksOneByOneAndEachOnce() {
        place.cli("cat >/dev/null; printf '%s\\n' \"$@\" | tail -n 2; sleep 0.3\n");

        ExecResult result = place.run("/bin/sh kit/serve.sh --model opus >out 2>&1 & serve=$!; n=0;"
                + " while [ ! -p tasks/queue ] && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done;"
                + " for t in 01 02 03; do sh kit/task.sh send fixer/$t 1 --max-budget-usd 0.5; echo sent $?; done;"
                + " sh kit/task.sh send fixer/02 1; echo again $?; sh kit/task.sh send fixer/02 2; echo second $?; n=0;"
                + " while [ $(sh kit/task.sh list | grep -c ended) -lt 4 ] && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done;"
                + " sh kit/task.sh list; kill $serve; wait $serve; echo served $?");

        assertThat(result.output().lines())
                .containsSubsequence("sent 0", "sent 0", "sent 0", "again 3", "second 0")
                .contains("ended fixer/01 1", "ended fixer/02 1", "ended fixer/02 2", "ended fixer/03 1", "served 143");
        List<String> printed =
                place.read("out").lines().filter(line -> !line.isEmpty()).toList();
        assertThat(printed.stream()
                        .filter(line -> line.contains("\"begin\""))
                        .map(line -> line.replaceAll(".*task\":\"([^\"]*).*", "$1")))
                .containsExactly("fixer/01", "fixer/02", "fixer/03", "fixer/02");
        assertThat(printed.stream().filter("0.5"::equals))
                .as("each task's own arguments")
                .hasSize(3);
    }

    @Test
    void saysThatNobodyTakesTasks() {
        assertThat(place.run("sh kit/task.sh send fixer/01 1").exitCode()).isEqualTo(75);
    }

    @Test
    void withdrawsATaskThatNobodyTook() {
        ExecResult result = place.run("mkdir -p tasks/sent tasks/waiting tasks/taken tasks/ended; mkfifo tasks/queue;"
                + " sh kit/task.sh send fixer/01 1; echo $?; sh kit/task.sh list; ls tasks/sent");

        assertThat(result.output()).isEqualTo("75\n");
    }

    @Test
    void neverBeginsATaskOfBeforeARestartAgain() {
        place.cli("touch $HERE/begun; sleep 300\n");
        String serve = "/bin/sh kit/serve.sh >out 2>&1 & serve=$!; n=0;"
                + " while [ ! -p tasks/queue ] && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done;";
        place.run(serve + " sh kit/task.sh send fixer/01 1; n=0;"
                + " while [ ! -e begun ] && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done;"
                + " kill -9 $serve; sh kit/signal.sh fixer/01 KILL all; rm -f begun tasks/queue");

        ExecResult result =
                place.run(serve + " sh kit/task.sh list; sh kit/task.sh send fixer/01 1; echo again $?; kill $serve");

        assertThat(result.output().lines()).containsExactly("ended fixer/01 1", "again 3");
        assertThat(place.read("begun")).isEmpty();
    }

    private static String begin(String task) {
        return "{\"type\":\"claude_fleet\",\"subtype\":\"begin\",\"task\":\"" + task + "\",\"prompt\":\"" + HASH
                + "\",\"commit\":\"\",\"round\":1,\"time\":T}";
    }

    private static List<String> frames(ExecResult result) {
        return result.output()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.replaceAll("\"time\":\"[^\"]+Z\"", "\"time\":T"))
                .toList();
    }
}
