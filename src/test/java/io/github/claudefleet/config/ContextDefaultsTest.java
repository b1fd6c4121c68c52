package io.github.claudefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.ContainerUser;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Context that a pom requests, and files of the user that agents never get. */
class ContextDefaultsTest {

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void make() throws IOException {
        write("shop/knowledge/CLAUDE.md");
        write("shop/plugins/review/.claude-plugin/plugin.json");
        write("shop/more/review/.claude-plugin/plugin.json");
        write("shop/review.zip");
        write("shop/empty/README.md");
        write("shop/hooked/CLAUDE.md");
        write("shop/hooked/settings.json");
        write("shop/login/CLAUDE.md");
        write("shop/login/old/.credentials.json");
        write("shop/copied/CLAUDE.md");
        write("shop/copied/projects/x.jsonl");
        write("home/.claude/CLAUDE.md");
        write("home/.claude-fleet/login/.keep");
        write("elsewhere/CLAUDE.md");
        Files.createSymbolicLink(folder.resolve("shop/link"), folder.resolve("home/.claude"));
    }

    @Test
    void aFleetsContextIsEveryAgentsThatHasNoneOfItsOwn() {
        ContextDefaults fleet = new ContextDefaults("AGENTS.md", "knowledge", List.of("plugins/review"));
        Path shop = folder.resolve("shop");

        assertThat(contextOf(fleet, Map.of()))
                .isEqualTo(new ClaudeContext(
                        List.of("AGENTS.md"),
                        Optional.of(shop.resolve("knowledge")),
                        List.of(shop.resolve("plugins/review"))));
        assertThat(contextOf(
                        fleet,
                        Map.of("instructions", "none", "claudeDirectory", " ", "pluginDirs", List.of("review.zip"))))
                .isEqualTo(new ClaudeContext(List.of(), Optional.empty(), List.of(shop.resolve("review.zip"))));
        assertThat(contextOf(ContextDefaults.NOTHING_SAID, Map.of())).isEqualTo(ClaudeContext.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GEMINI.md         | \"GEMINI.md\" is unknown | Use CLAUDE.md, AGENTS.md",
                "claude.md         | \"claude.md\" is unknown | Use CLAUDE.md, AGENTS.md",
                "none, CLAUDE.md   | none beside others       | Write none alone",
                "''                | \"\" is unknown          | or none",
            })
    void refusesInstructions(String value, String problem, String next) {
        refused(new ContextDefaults(value, null, null), Map.of(), "instructions", problem, next);
    }

    @ParameterizedTest
    @CsvSource({"none", "AGENTS.md"})
    void repositorySettingsBringClaudeMdInAnyCase(String value) {
        refused(
                new ContextDefaults(value, null, null),
                Map.of("repositorySettings", true),
                "instructions",
                "with repositorySettings the CLI reads CLAUDE.md in any case",
                "Add CLAUDE.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none              | none is no directory                        | Name one with a CLAUDE.md",
                "review.zip        | review.zip is no directory                  | Name one with a CLAUDE.md",
                "empty             | has nothing that agents take                | Lay it out like ~/.claude",
                "hooked            | holds settings.json                         | Take it out of there",
                "login             | holds a login (.credentials.json)           | Name a directory that has only",
                "copied            | holds a person's own Claude Code directory  | Copy what agents shall have",
                "~/.claude         | holds a person's own Claude Code directory  | Copy what agents shall have",
                "~                 | holds a person's own Claude Code directory  | Copy what agents shall have",
                "link              | holds a person's own Claude Code directory  | Copy what agents shall have",
                "~/.claude-fleet   | holds a login                               | Name a directory that has only",
            })
    void refusesAClaudeDirectory(String value, String problem, String next) {
        refused(new ContextDefaults(null, value, null), Map.of(), "claudeDirectory", problem, next);
        if (!value.equals("review.zip") && !value.equals("empty") && !value.equals("hooked")) {
            String missing = value.equals("none") ? "neither a directory nor a .zip file" : problem;
            refused(new ContextDefaults(null, null, List.of(value)), Map.of(), "pluginDirs", missing, "");
        }
    }

    @Test
    void aPersonsOwnDirectoryMayBeElsewhere() {
        environment.put("CLAUDE_CONFIG_DIR", folder.resolve("elsewhere").toString());

        refused(
                new ContextDefaults(null, "../elsewhere", null),
                Map.of(),
                "claudeDirectory",
                "holds a person's own Claude Code directory",
                "Copy");
    }

    @Test
    void refusesTwoPluginsOfOneName() {
        refused(
                new ContextDefaults(null, null, List.of("plugins/review", "more/review")),
                Map.of(),
                "pluginDirs",
                "has two that are named review",
                "a name of its own");
    }

    @Test
    void refusesAClaudeDirectoryWhereAgentsShareOne() {
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class,
                () -> spec(
                        new FleetConfiguration().sharing("all").context(new ContextDefaults(null, "knowledge", null)),
                        Map.of()));

        assertThat(refusal.parameter()).isEqualTo("claudeDirectory");
        assertThat(refusal).hasMessageContaining("with sharing all");
    }

    private void refused(
            ContextDefaults fleet, Map<String, Object> agent, String parameter, String problem, String next) {
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> contextOf(fleet, agent));

        assertThat(refusal).as("refusal of " + fleet).isNotNull();
        assertThat(refusal.parameter()).isEqualTo(parameter);
        assertThat(refusal).hasMessageContaining(problem).hasMessageContaining("tester");
        assertThat(refusal.suggestion()).contains(next);
    }

    private ClaudeContext contextOf(ContextDefaults fleet, Map<String, Object> agent) {
        return spec(new FleetConfiguration().context(fleet), agent);
    }

    private ClaudeContext spec(FleetConfiguration configuration, Map<String, Object> agent) {
        Map<String, Object> parameters = new HashMap<>(agent);
        parameters.put("name", "tester");
        ConfigurationContext configurationContext = new ConfigurationContext(
                folder.resolve("shop"),
                HomeDirectory.at(folder.resolve("home")),
                environment,
                name -> Optional.empty(),
                id -> Optional.empty());
        return configuration
                .agents(List.of(Beans.agent(parameters)))
                .toSpec(Shop.idOf("f"), configurationContext, ContainerUser.FOR_ROOT)
                .agents()
                .get(0)
                .claude()
                .context();
    }

    private void write(String file) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), "x\n");
    }
}
