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
        write("shop/skills/zap/SKILL.md");
        write("home/.claude/CLAUDE.md");
        write("home/.claude/skills/zip/SKILL.md");
        write("home/.claude-fleet/login/.keep");
        write("elsewhere/CLAUDE.md");
        Files.createSymbolicLink(folder.resolve("shop/link"), folder.resolve("home/.claude"));
    }

    @Test
    void aFleetsContextIsEveryAgentsThatHasNoneOfItsOwn() {
        ContextDefaults fleet = new ContextDefaults(
                "AGENTS.md", "knowledge", List.of("plugins/review"), List.of("skills/zap", "~/.claude/skills/zip"));
        Path shop = folder.resolve("shop");

        assertThat(contextOf(fleet, Map.of()))
                .isEqualTo(new ClaudeContext(
                        List.of("AGENTS.md"),
                        Optional.of(shop.resolve("knowledge")),
                        List.of(shop.resolve("plugins/review")),
                        List.of(shop.resolve("skills/zap"), folder.resolve("home/.claude/skills/zip"))));
        assertThat(contextOf(
                        fleet,
                        Map.of(
                                "instructions",
                                "none",
                                "claudeDirectory",
                                " ",
                                "pluginDirs",
                                List.of("review.zip"),
                                "skills",
                                List.of())))
                .isEqualTo(
                        new ClaudeContext(List.of(), Optional.empty(), List.of(shop.resolve("review.zip")), List.of()));
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
        refused(new ContextDefaults(value, null, null, null), Map.of(), "instructions", problem, next);
    }

    @ParameterizedTest
    @CsvSource({"none", "AGENTS.md"})
    void repositorySettingsBringClaudeMdInAnyCase(String value) {
        refused(
                new ContextDefaults(value, null, null, null),
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
        refused(new ContextDefaults(null, value, null, null), Map.of(), "claudeDirectory", problem, next);
        if (!value.equals("review.zip") && !value.equals("empty") && !value.equals("hooked")) {
            String missing = value.equals("none") ? "neither a directory nor a .zip file" : problem;
            refused(new ContextDefaults(null, null, List.of(value), null), Map.of(), "pluginDirs", missing, "");
        }
    }

    @Test
    void aPersonsOwnDirectoryMayBeElsewhere() {
        environment.put("CLAUDE_CONFIG_DIR", folder.resolve("elsewhere").toString());

        refused(
                new ContextDefaults(null, "../elsewhere", null, null),
                Map.of(),
                "claudeDirectory",
                "holds a person's own Claude Code directory",
                "Copy");
    }

    @Test
    void refusesTwoPluginsOfOneName() {
        refused(
                new ContextDefaults(null, null, List.of("plugins/review", "more/review"), null),
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
                        new FleetConfiguration()
                                .sharing("all")
                                .context(new ContextDefaults(null, "knowledge", null, null)),
                        Map.of()));

        assertThat(refusal.parameter()).isEqualTo("claudeDirectory");
        assertThat(refusal).hasMessageContaining("with sharing all");
    }

    @Test
    void refusesALinkToAClaudeDirectoryThatHoldsALogin() throws IOException {
        Files.createSymbolicLink(folder.resolve("shop/lent"), folder.resolve("shop/login"));

        refused(new ContextDefaults(null, "lent", null, null), Map.of(), "claudeDirectory", "holds a login", "Name");
    }

    // ---- skills

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' '               | has an entry without a path                | Name a skill's directory",
                "none              | none holds no SKILL.md                     | Name the directory of one skill",
                "empty             | empty holds no SKILL.md                    | Name the directory of one skill",
                "review.zip        | review.zip holds no SKILL.md               | Name the directory of one skill",
                "~/.claude/skills  | skills holds no SKILL.md                   | name several one by one",
                "skills/linked     | SKILL.md is a link out of its directory    | Copy the file into",
                "skills/leaky      | holds a login (.credentials.json)          | Name a directory that has only",
                "~                 | holds a person's own Claude Code directory | Copy what agents shall have",
                "~/.claude-fleet   | holds a login                              | Name a directory that has only",
            })
    void refusesASkill(String value, String problem, String next) throws IOException {
        write("shop/skills/leaky/SKILL.md");
        write("shop/skills/leaky/old/.credentials.json");
        write("home/SKILL.md");
        write("home/.claude-fleet/SKILL.md");
        Files.createDirectory(folder.resolve("shop/skills/linked"));
        Files.createSymbolicLink(folder.resolve("shop/skills/linked/SKILL.md"), folder.resolve("home/SKILL.md"));

        refused(new ContextDefaults(null, null, null, List.of(value)), Map.of(), "skills", problem, next);
    }

    @Test
    void refusesTwoSkillsOfOneName() throws IOException {
        write("shop/knowledge/skills/zap/SKILL.md");
        write("home/.claude/skills/zap/SKILL.md");
        List<String> two = List.of("skills/zap", "~/.claude/skills/zap");

        refused(
                new ContextDefaults(null, null, null, two),
                Map.of(),
                "skills",
                "has two that are named zap",
                "a name of its own");
        refused(
                new ContextDefaults(null, "knowledge", null, List.of("skills/zap")),
                Map.of(),
                "skills",
                "has zap, and so has claudeDirectory",
                "Leave one of them out");
    }

    @Test
    void aPersonsSkillIsAllowedInTheDirectoryOfTheirLogin() throws IOException {
        AuthConfiguration auth = Beans.fill(new AuthConfiguration(), Map.of("directory", "~/.claude"));
        FleetConfiguration fleet = new FleetConfiguration()
                .auth(auth)
                .context(new ContextDefaults(null, null, null, List.of("~/.claude/skills/zip")));

        assertThat(spec(fleet, Map.of()).skills()).containsExactly(folder.resolve("home/.claude/skills/zip"));
    }

    @Test
    void refusesSkillsWhereAgentsShareOneDirectory() {
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class,
                () -> spec(new FleetConfiguration().sharing("all"), Map.of("skills", List.of("skills/zap"))));

        assertThat(refusal.parameter()).isEqualTo("skills");
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
