package io.github.claudefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudefleet.console.ConsoleListeners;
import io.github.claudefleet.console.RecordedLines;
import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.FleetBuilder;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlashPromptsTest {

    @TempDir
    private Path folder;

    private Path repository;

    @BeforeEach
    void make() throws IOException {
        repository = Files.createDirectories(folder.resolve("shop/.git")).getParent();
        write("shop/.claude/commands/zig.md");
        write("shop/.claude/commands/shop/zag.md");
        write("shop/.claude/skills/zap/SKILL.md");
        write("shop/sub/pom.xml");
        write(".claude/commands/outside.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/zig", "/zig now\nand here", "  /zag", "/shop:zag", "/zap it"})
    void aCommandOfTheRepositoryIsToldOf(String prompt) {
        assertThat(told(prompt, ClaudeOptions.DEFAULT, "shop", "shop/sub"))
                .singleElement()
                .asString()
                .startsWith("warn:  The prompt of agent-0 begins with /"
                        + prompt.strip().split("\\s")[0].substring(1))
                .contains("<repositorySettings>true</repositorySettings>");
    }

    @Test
    void aFolderOfTheRepositoryHasTheCommandsAbove() {
        assertThat(told("/zig", ClaudeOptions.DEFAULT, "shop/sub")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Run /zig", "/outside", "/workspace/src is broken", "/zigzag", "/", "//zig", "/zig.md is wrong"})
    void otherPromptsAreNot(String prompt) {
        assertThat(told(prompt, ClaudeOptions.DEFAULT, "shop")).isEmpty();
    }

    @Test
    void oneThatTheAgentHasIsNot() throws IOException {
        ClaudeOptions trusted =
                new ClaudeOptions("plan", List.of(), Optional.empty(), Optional.empty(), true, ClaudeContext.DEFAULT);
        write("user/commands/zig.md");
        ClaudeOptions own = with(
                new ClaudeContext(List.of("CLAUDE.md"), Optional.of(folder.resolve("user")), List.of(), List.of()));
        ClaudeOptions skilled = with(new ClaudeContext(
                List.of("CLAUDE.md"), Optional.empty(), List.of(), List.of(folder.resolve("skills/zig"))));

        assertThat(told("/zig", trusted, "shop")).isEmpty();
        assertThat(told("/zig", own, "shop")).isEmpty();
        assertThat(told("/zig", skilled, "shop")).isEmpty();
    }

    private static ClaudeOptions with(ClaudeContext context) {
        return new ClaudeOptions("plan", List.of(), Optional.empty(), Optional.empty(), false, context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/help", "/clear", "/model opus"})
    void aCommandThatAsksNothingIsToldOf(String prompt) {
        assertThat(told(prompt, ClaudeOptions.DEFAULT, "shop"))
                .singleElement()
                .asString()
                .contains("asks the model nothing");
    }

    @Test
    void startSaysSoBeforeItMakesAnything() throws Exception {
        FleetFixture fixture = new FleetFixture(Files.createDirectory(folder.resolve("fixture")));
        String before = "";
        try {
            fixture.fleet()
                    .start(fixture.withToken()
                            .agent(Shop.agent("tester", repository).prompt("/zig"))
                            .network("none-such")
                            .toSpec());
        } catch (RuntimeException e) {
            before = String.join("\n", fixture.lines.all());
        }
        assertThat(before).contains("begins with /zig");
        assertThat(fixture.engine.changes()).isEmpty();
    }

    private List<String> told(String prompt, ClaudeOptions claude, String... workspaces) {
        RecordedLines lines = new RecordedLines();
        FleetBuilder fleet = Shop.fleet();
        for (int i = 0; i < workspaces.length; i++) {
            fleet.agent(Shop.agent("agent-" + i, folder.resolve(workspaces[i]))
                    .claude(claude)
                    .prompt(prompt));
        }
        new SlashPrompts(new ConsoleListeners(lines).preconditions()).tell(fleet.toSpec());
        return lines.all();
    }

    private void write(String file) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), "Do it\n");
    }
}
