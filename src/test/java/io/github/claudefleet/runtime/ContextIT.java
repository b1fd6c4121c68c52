package io.github.claudefleet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.ScriptContainer.Place;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.standin.StandInExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Context that the real CLI sends to the model when an agent works on a prompt. */
class ContextIT {

    private static final String READ = "when it reads there";
    private static final String YES = "yes";
    private static final String NO = "no";

    /** Rows of the table (first column), by the mark that then appears to the model or in a file. */
    private static final Map<String, String> MARKS = marks();

    @RegisterExtension
    private static final ScriptContainer BOX =
            ScriptContainer.withRealCli(Shop.fleet("tester").toSpec());

    @RegisterExtension
    private static final StandInExtension STAND_IN = new StandInExtension();

    private static int accounts;

    private final String account = "context-" + (++accounts);
    private final Place place = BOX.place();

    ContextIT() {
        place.with("HOME", place.path("home")).with("CLAUDE_CONFIG_DIR", place.path("home/.claude"));
        place.with("ANTHROPIC_BASE_URL", STAND_IN.address())
                .with("ANTHROPIC_API_KEY", "sk-ant-api03-standin." + account)
                .with("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
                .with("CLAUDE_FLEET_CLAUDE_DIRECTORY", place.path("user"));
        place.run("mkdir -p home ws && git -c init.defaultBranch=main init -q ws");
    }

    // ---- the table

    static List<String> choices() {
        return ContextTable.read().choices();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void eachChoiceBringsWhatTheTableSays(String choice) {
        fill();
        variables(choice).forEach(place::with);
        reads("sub/Shop.java");

        List<String> messages = ask("ws", "Look around");

        assertThat(messages).as("before and after the file was read").hasSize(2);
        String ran = place.run("ls $HERE").output();
        Map<String, String> measured = new LinkedHashMap<>();
        MARKS.forEach((file, mark) -> measured.put(file, measured(mark, messages, ran)));
        measured.put("`AGENTS.md` alone", agentsMdAlone());
        assertThat(measured).isEqualTo(ContextTable.read().column(choice));
    }

    private String agentsMdAlone() {
        place.file("other/AGENTS.md", "mark-of-agents-md\n");
        place.run("git -c init.defaultBranch=main init -q other");
        List<String> messages = ask("other", "Say yes");
        long times = count("mark-of-agents-md", messages.get(messages.size() - 1));
        assertThat(times).isLessThan(2);
        return times == 1 ? YES : NO;
    }

    private static String measured(String mark, List<String> messages, String ran) {
        if (messages.get(0).contains(mark) || ran.contains(mark)) {
            return YES;
        }
        return messages.get(1).contains(mark) ? READ : NO;
    }

    private static Map<String, String> variables(String choice) {
        return switch (choice) {
            case "by default" -> Map.of();
            case "`instructions` `CLAUDE.md,AGENTS.md`" -> Map.of("CLAUDE_FLEET_INSTRUCTIONS", "CLAUDE.md AGENTS.md");
            case "`instructions` `none`" -> Map.of("CLAUDE_FLEET_INSTRUCTIONS", "");
            case "`repositorySettings` `true`" -> Map.of("CLAUDE_FLEET_REPOSITORY", "trusted");
            default -> throw new AssertionError("the table has a choice that is not tried: " + choice);
        };
    }

    private static Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("`CLAUDE.md`, `.claude/CLAUDE.md`", "mark-claude");
        marks.put("files that it imports (`@docs/style.md`)", "mark-imported");
        marks.put("imports from outside of the workspace (`@~/x.md`, `@../x.md`, `@/x.md`)", "mark-outside");
        marks.put("`.claude/rules/**/*.md`", "mark-rule");
        marks.put("rules for certain files (`paths:`)", "mark-path-rule");
        marks.put("`CLAUDE.md` of a folder below", "mark-nested");
        marks.put("`AGENTS.md` beside a `CLAUDE.md`", "mark-agents-md");
        marks.put("`CLAUDE.local.md`", "mark-local");
        marks.put("`.claude/skills`", "mark-skill");
        marks.put("`.claude/commands`", "mark-command");
        marks.put("`.claude/agents`", "mark-subagent");
        marks.put("hooks of `.claude/settings.json`", "ran-hook");
        marks.put("`env` of `.claude/settings.json`", "ran-with-env");
        marks.put("`apiKeyHelper` of `.claude/settings.json`", "ran-helper");
        marks.put("servers of `.mcp.json`", "ran-server");
        return marks;
    }

    private void fill() {
        place.file("outside.md", "mark-outside\n").file("home/outside.md", "mark-outside\n");
        place.file(
                "ws/CLAUDE.md",
                "Our mark-claude.\nSee @docs/style.md\n@~/outside.md\n@../outside.md\n@" + place.path("outside.md")
                        + "\n");
        place.file("ws/docs/style.md", "mark-imported\n").file("ws/AGENTS.md", "mark-agents-md\n");
        place.file("ws/.claude/rules/deep/style.md", "mark-rule\n").file("ws/CLAUDE.local.md", "mark-local\n");
        place.file("ws/.claude/rules/java.md", "---\npaths:\n  - \"**/*.java\"\n---\nmark-path-rule\n");
        place.file("ws/sub/CLAUDE.md", "mark-nested\n").file("ws/sub/Shop.java", "class Shop {}\n");
        place.file("ws/.claude/skills/zap/SKILL.md", "---\nname: zap\ndescription: mark-skill\n---\nZap it\n");
        place.file("ws/.claude/commands/zig.md", "---\ndescription: mark-command\n---\nZig mark-of-zig\n");
        place.file("ws/.claude/agents/helper.md", "---\nname: helper\ndescription: mark-subagent\n---\nHelp\n");
        String hook = "touch $HERE/ran-hook; [ -z \\\"$SHOP_ENV\\\" ] || touch $HERE/ran-with-env";
        place.file(
                "ws/.claude/settings.json",
                "{\"env\":{\"SHOP_ENV\":\"1\"},\"apiKeyHelper\":\"touch $HERE/ran-helper; echo $ANTHROPIC_API_KEY\","
                        + "\"hooks\":{\"UserPromptSubmit\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"" + hook
                        + "\"}]}]}}\n");
        place.file(
                "ws/.mcp.json",
                "{\"mcpServers\":{\"shop\":{\"command\":\"touch\",\"args\":[\"" + place.path("ran-server")
                        + "\"]}}}\n");
    }

    // ---- an agent in a folder of its repository

    @Test
    void instructionsOfTheFoldersAboveReachAnAgentBelowWithTheirImports() {
        fill();

        place.file("ws/docs/our style.md", "mark-with-space\n")
                .file("ws/.claude/CLAUDE.md", "As @../docs/our\\ style.md says, not `@../AGENTS.md`\n");

        String message = ask("ws/sub", "Look around").get(0);

        assertThat(message)
                .contains("mark-claude", "mark-imported", "mark-with-space", "mark-rule", "mark-nested")
                .doesNotContain("mark-outside", "mark-agents-md", "mark-local");
    }

    @Test
    void theyGiveItNoLeaveToWriteThere() {
        fill();
        scripts("Write", "{\"file_path\":\"" + place.path("ws/written") + "\",\"content\":\"x\"}");

        ask("ws/sub", "Look around", "--permission-mode", "acceptEdits");

        assertThat(place.run("ls ws").output()).doesNotContain("written");
    }

    // ---- links

    @Test
    void linksThatLeadOutOfTheWorkspaceAreLeftOut() {
        place.file("secret.md", "mark-secret\n");
        place.run(
                "mkdir -p ws/.claude ws/sub; ln -s $HERE/secret.md ws/CLAUDE.md; ln -s ../../secret.md ws/.claude/CLAUDE.md;"
                        + " ln -s ../../secret.md ws/sub/CLAUDE.md; echo x >ws/sub/Shop.java; ln -s ../secret.md ws/AGENTS.md");
        place.with("CLAUDE_FLEET_INSTRUCTIONS", "CLAUDE.md AGENTS.md");
        reads("sub/Shop.java");

        List<String> messages = ask("ws", "Look around");

        assertThat(messages).hasSize(2).noneMatch(message -> message.contains("mark-secret"));
        assertThat(place.read("errors"))
                .contains("/ws/CLAUDE.md is left out: it cannot be read, is no text, or leads out");
    }

    @Test
    void linksWithinTheWorkspaceAreFollowed() {
        place.file("ws/AGENTS.md", "mark-agents-md\n").file("ws/sub/AGENTS.md", "mark-nested\n");
        place.run("ln -s AGENTS.md ws/CLAUDE.md; ln -s AGENTS.md ws/sub/CLAUDE.md; echo x >ws/sub/Shop.java");
        reads("sub/Shop.java");

        List<String> messages = ask("ws", "Look around");

        assertThat(messages.get(0)).contains("mark-agents-md");
        assertThat(messages.get(1)).contains("mark-nested");
    }

    @Test
    void agentsMdThatClaudeMdImportsIsThereOnce() {
        place.file("ws/CLAUDE.md", "@AGENTS.md\n").file("ws/AGENTS.md", "mark-agents-md\n");
        place.with("CLAUDE_FLEET_INSTRUCTIONS", "CLAUDE.md AGENTS.md");

        assertThat(count("mark-agents-md", ask("ws", "Look around").get(0))).isEqualTo(1);
        place.run("mkdir ws/sub");
        assertThat(count("mark-agents-md", ask("ws/sub", "Look around").get(0))).isEqualTo(1);
    }

    // ---- resumed sessions

    @Test
    void aSessionThatIsResumedHasThem() {
        place.file("ws/CLAUDE.md", "mark-claude\n");
        ask("ws", "Look around", "--session-id", "6a1f3c1e-58a4-4c0e-9d0e-0d6a5e0b7f11");

        List<String> messages = ask("ws", "Go on", "--resume", "6a1f3c1e-58a4-4c0e-9d0e-0d6a5e0b7f11");

        assertThat(messages).last().asString().contains("Go on", "mark-claude");
    }

    // ---- a user's own context

    @Test
    void claudeDirectoryIsReadAsAUsersOwn() {
        place.file("user/CLAUDE.md", "mark-user-memory\n").file("user/rules/style.md", "mark-user-rule\n");
        place.file("user/skills/zap/SKILL.md", "---\nname: zap\ndescription: mark-user-skill\n---\nZap it\n");
        place.file("user/commands/zig.md", "---\ndescription: mark-user-command\n---\nZig mark-of-zig\n");
        place.file("user/agents/helper.md", "---\nname: helper\ndescription: mark-user-agent\n---\nHelp\n");
        settle();

        assertThat(ask("ws", "/zig").get(0))
                .contains("mark-user-memory", "mark-user-rule", "mark-user-skill", "mark-user-agent", "mark-of-zig");
    }

    @Test
    void skillsAreReadAsAUsersOwnBesideThoseOfClaudeDirectory() {
        place.file("user/skills/zap/SKILL.md", "---\ndescription: mark-user-skill\n---\nZap it\n");
        place.file("skills/zip/SKILL.md", "---\ndescription: mark-own-skill\n---\nZip mark-of-zip\n");
        place.with("CLAUDE_FLEET_SKILLS", place.path("skills"));
        settle();
        settle();

        assertThat(ask("ws", "/zip").get(0)).contains("mark-user-skill", "mark-own-skill", "mark-of-zip");
    }

    @Test
    void pluginsBringTheirSkillsAndCommands() {
        place.file("plugins/review/.claude-plugin/plugin.json", "{\"name\":\"review\",\"version\":\"1.0.0\"}");
        place.file("plugins/review/commands/zig.md", "---\ndescription: mark-command\n---\nZig mark-of-zig\n");
        place.file("plugins/review/skills/zap/SKILL.md", "---\nname: zap\ndescription: mark-skill\n---\nZap it\n");

        assertThat(ask("ws", "/review:zig", "--plugin-dir", place.path("plugins/review"))
                        .get(0))
                .contains("mark-skill", "mark-of-zig");
    }

    // ---- helpers

    /** Runs an agent in this folder, and returns the messages that the model received. */
    private List<String> ask(String folder, String prompt, String... arguments) {
        place.file("prompt", prompt).with("CLAUDE_FLEET_PROMPT", place.path("prompt"));
        String further = arguments.length == 0 ? "--permission-mode bypassPermissions" : String.join(" ", arguments);
        ExecResult result = place.run("cd " + folder + " && /bin/sh $KIT/run.sh tester " + further + " 2>$HERE/errors");
        assertThat(result.exitCode()).as(result.output() + place.read("errors")).isZero();
        return STAND_IN.control().messages(account);
    }

    private void settle() {
        assertThat(place.run("/bin/sh $KIT/settle.sh").exitCode()).isZero();
    }

    private void reads(String file) {
        scripts("Read", "{\"file_path\":\"" + place.path("ws/" + file) + "\"}");
    }

    private void scripts(String tool, String input) {
        STAND_IN.control()
                .scripts(
                        account,
                        "[{\"match\":\"Look around\",\"turns\":[{\"tool\":\"" + tool + "\",\"input\":" + input
                                + "}]}]");
    }

    private static long count(String text, String in) {
        return Pattern.compile(Pattern.quote(text)).matcher(in).results().count();
    }
}
