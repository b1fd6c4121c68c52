package io.github.claudefleet.config;

import io.github.claudefleet.spec.ClaudeContext;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Context for the CLI as configured by a fleet or an agent; null if not configured.
 *
 * @param instructions names of files of the repository, separated by commas, or {@code none}
 * @param claudeDirectory directory with the layout of {@code ~/.claude}
 * @param pluginDirs directories or archives of plugins
 * @param skills directories of skills
 */
public record ContextDefaults(
        String instructions, String claudeDirectory, List<String> pluginDirs, List<String> skills) {

    static final ContextDefaults NOTHING_SAID = new ContextDefaults(null, null, null, null);

    private static final String NONE = "none";
    private static final List<String> KNOWN = List.of(ClaudeContext.CLAUDE_MD, ClaudeContext.AGENTS_MD);

    /** Returns these values, overridden by those that an agent configures itself. */
    ContextDefaults over(ContextDefaults own) {
        return new ContextDefaults(
                own.instructions == null ? instructions : own.instructions,
                own.claudeDirectory == null ? claudeDirectory : own.claudeDirectory,
                own.pluginDirs == null ? pluginDirs : own.pluginDirs,
                own.skills == null ? skills : own.skills);
    }

    ClaudeContext toContext(ConfigurationContext configurationContext, LoginSpec login, boolean repositorySettings) {
        UserFiles files = new UserFiles(configurationContext, login);
        Optional<Path> directory = Optional.ofNullable(claudeDirectory)
                .filter(text -> !text.isBlank())
                .map(files::directory);
        return new ClaudeContext(
                instructions == null ? ClaudeContext.DEFAULT.instructions() : names(repositorySettings),
                directory,
                named("pluginDirs", pluginDirs, files::plugin),
                named("skills", skills, text -> files.skill(text, directory)));
    }

    private List<String> names(boolean repositorySettings) {
        if (instructions.strip().equals(NONE) && !repositorySettings) {
            return List.of();
        }
        List<String> names = Arrays.stream(instructions.split(","))
                .map(String::strip)
                .distinct()
                .toList();
        names.stream()
                .filter(name -> !KNOWN.contains(name) && !name.equals(NONE))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidSpecException(
                            "instructions",
                            "\"" + name + "\" is unknown",
                            "Use " + String.join(", ", KNOWN) + ", both separated by a comma, or none.");
                });
        if (names.contains(NONE) && !repositorySettings) {
            throw new InvalidSpecException("instructions", "has none beside others", "Write none alone.");
        }
        if (repositorySettings && !names.contains(ClaudeContext.CLAUDE_MD)) {
            throw new InvalidSpecException(
                    "instructions",
                    "is \"" + instructions.strip()
                            + "\", and with repositorySettings the CLI reads CLAUDE.md in any case",
                    "Add CLAUDE.md, or leave repositorySettings out.");
        }
        return names;
    }

    /** Returns the checked paths. Each one needs a name of its own, under which containers see it. */
    private static List<Path> named(String parameter, List<String> texts, Function<String, Path> check) {
        List<Path> paths = texts == null ? List.of() : texts.stream().map(check).toList();
        Set<Path> seen = new HashSet<>();
        paths.forEach(path -> {
            if (!seen.add(path.getFileName())) {
                throw new InvalidSpecException(
                        parameter,
                        "has two that are named " + path.getFileName(),
                        "Give each of these directories a name of its own.");
            }
        });
        return paths;
    }
}
