package io.github.claudefleet.config;

import io.github.claudefleet.claude.ClaudeCommands;
import io.github.claudefleet.spec.ClaudeOptions;
import io.github.claudefleet.spec.FindingsSchema;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Numbers;
import io.github.claudefleet.spec.PathText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.codehaus.plexus.util.cli.CommandLineUtils;

/** Options of an {@code <agent>} for the CLI, with the CLI's own names. */
abstract class ClaudeConfiguration {

    private static final int MOST_TURNS = 100_000;

    private String model;
    private String fallbackModel;
    private String effort;
    private Integer maxTurns;
    private String permissionMode;
    private String tools;
    private String allowedTools;
    private String disallowedTools;
    private String systemPrompt;
    private String appendSystemPrompt;
    private String mcpConfig;
    private String settings;
    private String jsonSchema;
    private String resume;
    private Boolean repositorySettings;
    private String claudeArguments;
    private String instructions;
    private String claudeDirectory;
    private List<String> pluginDirs;
    private List<String> skills;

    final ClaudeOptions toOptions(AgentDefaults defaults) {
        Path baseDirectory = defaults.baseDirectory();
        boolean trusted = Boolean.TRUE.equals(repositorySettings);
        List<String> arguments = arguments(baseDirectory);
        return new ClaudeOptions(
                permissionMode == null ? ClaudeOptions.DEFAULT.permissionMode() : permissionMode,
                arguments,
                Optional.ofNullable(mcpConfig).map(text -> json("agent.mcpConfig", text, baseDirectory)),
                Optional.ofNullable(settings).map(text -> settings(text, arguments, defaults)),
                trusted,
                defaults.context()
                        .over(new ContextDefaults(instructions, claudeDirectory, pluginDirs, skills))
                        .toContext(defaults.configurationContext(), defaults.login(), trusted));
    }

    private List<String> arguments(Path baseDirectory) {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--model", model);
        add(arguments, "--fallback-model", fallbackModels());
        add(arguments, "--effort", effortLevel());
        add(arguments, "--max-turns", turns());
        add(arguments, "--tools", tools);
        add(arguments, "--allowedTools", allowedTools);
        add(arguments, "--disallowedTools", disallowedTools);
        add(arguments, "--system-prompt", systemPrompt);
        add(arguments, "--append-system-prompt", appendSystemPrompt);
        add(arguments, "--json-schema", jsonSchema == null ? null : schema(jsonSchema, baseDirectory));
        add(arguments, "--resume", resume);
        arguments.addAll(further());
        return arguments;
    }

    private static void add(List<String> arguments, String option, String value) {
        if (value != null) {
            arguments.addAll(List.of(option, value));
        }
    }

    private String turns() {
        return maxTurns == null ? null : String.valueOf(Numbers.within("agent.maxTurns", maxTurns, 1, MOST_TURNS));
    }

    private String fallbackModels() {
        if (fallbackModel != null && Arrays.stream(fallbackModel.split(",", -1)).anyMatch(String::isBlank)) {
            throw new InvalidSpecException(
                    "agent.fallbackModel",
                    "\"" + fallbackModel + "\" has an entry without a name",
                    "Name one model, or several separated by commas, such as sonnet,haiku.");
        }
        return fallbackModel == null ? null : fallbackModel.strip();
    }

    /** Returns the level of effort. The CLI would ignore a mistyped one. */
    private String effortLevel() {
        if (effort != null && !ClaudeCommands.EFFORT_LEVELS.contains(effort.strip())) {
            throw new InvalidSpecException(
                    "agent.effort",
                    "\"" + effort + "\" is unknown",
                    "Use one of: " + String.join(", ", ClaudeCommands.EFFORT_LEVELS)
                            + "; a level of another CLI version can be given by claudeArguments (--effort LEVEL).");
        }
        return effort == null ? null : effort.strip();
    }

    private static String settings(String text, List<String> arguments, AgentDefaults defaults) {
        SettingsRules.checkOnlySource(arguments);
        return SettingsRules.check(
                json("agent.settings", text, defaults.baseDirectory()),
                defaults.login().mode());
    }

    private static String schema(String text, Path baseDirectory) {
        return text.strip().equals(FindingsSchema.NAME)
                ? FindingsSchema.text()
                : json("agent.jsonSchema", text, baseDirectory);
    }

    /** Returns JSON from the pom itself or from a file of the project. Only JSON in the pom begins with a brace. */
    private static String json(String parameter, String text, Path baseDirectory) {
        return text.strip().startsWith("{")
                ? text.strip()
                : PromptFiles.read(parameter, PathText.resolve(baseDirectory, text));
    }

    private List<String> further() {
        try {
            return List.of(CommandLineUtils.translateCommandline(claudeArguments));
        } catch (Exception e) { // declared by plexus-utils, which throws it for unbalanced quotes
            throw new InvalidSpecException(
                    "agent.claudeArguments",
                    "\"" + claudeArguments + "\" can't be split into arguments",
                    "Close every quote.");
        }
    }
}
