package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.AgentExit;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.Shop;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs agent.sh as in a fleet's containers. */
class AgentScriptIT {

    private static final String PROMPT = "Prüfe $HOME und `id`\n\n\"alles\" \\n; exit 9\n";
    private static final String LOGIN = "{\"claudeAiOauth\":{\"accessToken\":\"invented\"}}";
    /** Records its arguments and input, and exits with status 3. */
    private static final String RECORDER = "printf '%s\\n' \"$@\" >$HERE/arguments; cat >$HERE/input; exit 3\n";

    @RegisterExtension
    private static final ScriptContainer BOX = new ScriptContainer(Shop.fleet()
            .agent(Shop.agent("tester").prompt(PROMPT))
            .credential(LoginMode.API_KEY, Shop.credential("sk-ant-invented"))
            .toSpec());

    private final Place place = BOX.place();

    @Test
    void anAgentOfAnotherServiceLooksForNoLogin() {
        place.cli(RECORDER).with("CLAUDE_FLEET_LOGIN", "provider");

        ExecResult result = place.run("timeout 2 /bin/sh $KIT/agent.sh tester wait");

        assertThat(result.errors().lines()).containsExactly("claude-fleet: agent tester ready");
    }

    @Test
    void anAgentWithALoginSaysThatItIsReadyAndWaits() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN);

        ExecResult result = place.run("timeout 2 /bin/sh $KIT/agent.sh tester wait --model opus");

        assertThat(result.errors().lines()).containsExactly("claude-fleet: agent tester ready");
        assertThat(result.exitCode()).as("still there when its time was up").isEqualTo(124);
        assertThat(place.read("arguments")).as("claude was not called").isEmpty();
    }

    @Test
    void itsHealthIsThatOfItsReadinessAlsoAfterAnotherStart() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN).with("CLAUDE_FLEET_HEALTH", "/tmp/health-of/it");

        ExecResult before = place.run("/bin/sh $KIT/health.sh");
        ExecResult ready = place.run("timeout 2 /bin/sh $KIT/agent.sh tester wait; /bin/sh $KIT/health.sh");
        ExecResult again = place.run(
                "rm login/.credentials.json; timeout 2 /bin/sh $KIT/agent.sh tester wait;" + " /bin/sh $KIT/health.sh");

        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.output()).isEqualTo("not ready yet\n");
        assertThat(ready.exitCode()).isZero();
        assertThat(ready.output()).isEqualTo("ready\n");
        assertThat(again.exitCode())
                .as("the file of the former start does not count")
                .isEqualTo(1);
    }

    @Test
    void anAgentWithAPromptHandsItToTheCliAndEndsAsThatDoes() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN);

        ExecResult result = place.run("/bin/sh $KIT/agent.sh tester work --model opus --add-dir '/data sets'");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors().lines()).containsExactly("claude-fleet: agent tester ready");
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
                        "opus",
                        "--add-dir",
                        "/data sets");
    }

    @Test
    void whatTheCliPrintsStaysApartFromWhatTheScriptSays() {
        place.cli("echo '{\"type\":\"result\"}'; cat >/dev/null\n").file("login/.credentials.json", LOGIN);

        assertThat(place.run("/bin/sh $KIT/agent.sh tester work").output().lines())
                .filteredOn(line -> !line.isEmpty() && !line.contains("\"claude_fleet\""))
                .containsExactly("{\"type\":\"result\"}");
    }

    @Test
    void anAgentWithoutAWorkspaceWorksInADirectoryOfItsContainer() {
        place.cli("cat >/dev/null; pwd >/tmp/worked-in\n")
                .file("login/.credentials.json", LOGIN)
                .with("CLAUDE_FLEET_WORKSPACE", "none");

        place.run("cd /etc && /bin/sh $KIT/agent.sh tester work");

        assertThat(place.run("cat /tmp/worked-in; rm /tmp/worked-in").output())
                .isEqualTo("/tmp/claude-fleet/workspace\n");
    }

    @Test
    void aClaudeDirectoryThatCannotBeReadIsSaid() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN).file("user/CLAUDE.md", "Be brief\n");
        place.with("CLAUDE_FLEET_CLAUDE_DIRECTORY", place.path("user")).run("chmod 000 user/CLAUDE.md");

        ExecResult result = place.run("/bin/sh $KIT/agent.sh tester wait");

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.errors().lines())
                .containsExactly(
                        "claude-fleet: user 1000 cannot read CLAUDE.md of claudeDirectory",
                        "claude-fleet: agent tester cannot have the files of claudeDirectory or skills");
    }

    @Test
    void aSkillThatCannotBeReadIsSaid() {
        place.command("claude", RECORDER)
                .file("login/.credentials.json", LOGIN)
                .file("skills/zap/SKILL.md", "Zap it\n");
        place.with("CLAUDE_FLEET_SKILLS", place.path("skills")).run("chmod 000 skills/zap/SKILL.md");

        ExecResult result = place.run("/bin/sh $KIT/agent.sh tester wait");

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.errors()).contains("claude-fleet: user 1000 cannot read zap/SKILL.md of skills");
    }

    @Test
    void aSkillOfTheImageIsNotHidden() {
        place.command("claude", RECORDER)
                .file("login/.credentials.json", LOGIN)
                .file("skills/zap/SKILL.md", "Zap it\n");
        place.file("config/skills/zap/SKILL.md", "The image's\n").with("CLAUDE_FLEET_SKILLS", place.path("skills"));

        ExecResult result = place.run("/bin/sh $KIT/agent.sh tester wait");

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.errors()).contains("skills has zap, and so has the image: ");
    }

    @Test
    void aClaudeDirectoryHidesNothingOfTheImages() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN).file("user/CLAUDE.md", "Be brief\n");
        place.file("config/CLAUDE.md", "The image's\n").with("CLAUDE_FLEET_CLAUDE_DIRECTORY", place.path("user"));

        ExecResult result = place.run("/bin/sh $KIT/agent.sh tester wait");

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.errors()).contains("claudeDirectory has CLAUDE.md, and so has the image: ");
    }

    @Test
    void aClaudeDirectoryIsStillThereAfterASecondStart() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN).file("user/rules/style.md", "Be brief\n");
        place.with("CLAUDE_FLEET_CLAUDE_DIRECTORY", place.path("user"));
        place.run("/bin/sh $KIT/settle.sh; rm -r user/rules/style.md; echo 'Be clear' >user/rules/style.md");

        assertThat(place.run("/bin/sh $KIT/settle.sh").exitCode()).isZero();

        assertThat(place.read("config/rules/user/style.md")).isEqualTo("Be clear\n");
        assertThat(place.run("ls -A user/rules").output()).as("no link in it").isEqualTo("style.md\n");
    }

    @Test
    void anImageWithoutTheCliIsSaid() {
        ExecResult result = place.file("login/.credentials.json", LOGIN).run("/bin/sh $KIT/agent.sh tester wait");

        assertThat(result.exitCode()).isEqualTo(AgentExit.NO_CLI);
        assertThat(result.errors()).startsWith("claude-fleet: agent tester has no claude on its PATH (/tmp/place-");
    }

    @Test
    void aWorkspaceThatCannotBeWrittenIsSaid() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN);

        ExecResult result = place.run("cd /etc && /bin/sh $KIT/agent.sh tester wait");

        assertThat(result.exitCode()).isEqualTo(AgentExit.WORKSPACE);
        assertThat(result.errors())
                .startsWith("claude-fleet: agent tester cannot write its workspace /etc as user 1000: ")
                .doesNotContain("ready");
    }

    @Test
    void aLoginThatIsNotThereOrWasEndedOrCannotBeReadIsSaidAfterAWhile() {
        List<Place> places = List.of(
                BOX.place(),
                BOX.place().file("login/.credentials.json", "{\"claudeAiOauth\":{\"accessToken\" : \"\"}}"),
                BOX.place().file("login/.credentials.json", ""),
                BOX.place().file("login/.credentials.json", LOGIN));
        places.get(3).run("chmod 000 login/.credentials.json");

        Stream<ExecResult> results = places.parallelStream()
                .map(one -> one.cli(RECORDER)
                        .command("sleep", "exec /bin/sleep 0.01\n")
                        .run("/bin/sh $KIT/agent.sh tester wait"));

        assertThat(results).allSatisfy(result -> {
            assertThat(result.exitCode()).isEqualTo(AgentExit.LOGIN);
            assertThat(result.errors())
                    .contains("does not see the login at /tmp/place-")
                    .contains("as user 1000")
                    .doesNotContain("ready");
        });
    }

    @Test
    void aLoginThatComesWhileItIsWaitedForIsSeen() {
        place.cli(RECORDER).file("arrived", LOGIN);

        ExecResult result = place.run("(sleep 1; mkdir login; mv arrived login/.credentials.json) &"
                + " timeout 5 /bin/sh $KIT/agent.sh tester wait");

        assertThat(result.errors()).isEqualTo("claude-fleet: agent tester ready\n");
    }

    @Test
    void aKeyIsALoginOfItsOwnKind() {
        place.cli(RECORDER).with("CLAUDE_FLEET_LOGIN", "apiKey");

        assertThat(place.run("/bin/sh $KIT/agent.sh tester work").exitCode()).isEqualTo(3);
        assertThat(place.read("config/settings.json")).contains("apiKeyHelper").doesNotContain("sk-ant-invented");
    }

    /** The container has the kit of a fleet with an API key, as an agent of another mode may find it. */
    @Test
    void whatAKeyNeedsIsNothingToAnAgentOfAnotherMode() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN);

        assertThat(place.run("[ -f $KIT/home/settings.json ] && /bin/sh $KIT/agent.sh tester work")
                        .exitCode())
                .isEqualTo(3);
        assertThat(place.run("ls -A config").output()).doesNotContain("settings.json");
    }

    @Test
    void anAgentsOwnDirectoryIsMadeAndNothingInItIsOverwritten() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN).file("config/settings.json", "{\"mine\":true}");

        place.run("/bin/sh $KIT/agent.sh tester work");

        assertThat(place.read("config/.claude.json")).contains("\"hasCompletedOnboarding\": true");
        assertThat(place.read("config/settings.json")).isEqualTo("{\"mine\":true}");
    }

    @Test
    void aDirectoryOfItsOwnThatItCannotWriteIsSaid() {
        place.cli(RECORDER).file("login/.credentials.json", LOGIN).with("CLAUDE_CONFIG_DIR", "/etc/claude");

        ExecResult result = place.run("/bin/sh $KIT/agent.sh tester work");

        assertThat(result.exitCode()).isEqualTo(AgentExit.LOGIN);
        assertThat(result.errors()).contains("cannot write its directory /etc/claude as user 1000");
    }
}
