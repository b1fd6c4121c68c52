package io.github.claudefleet.config;

import io.github.claudefleet.claude.ClaudeEnvironment;
import io.github.claudefleet.claude.ClaudeFiles;
import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.LoginMode;
import io.github.claudefleet.spec.LoginSpec;
import io.github.claudefleet.spec.Sharing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks files that agents get as a user's own context, so that they bring no login and no hook unnoticed. */
final class UserFiles {

    private static final String DIRECTORY = "claudeDirectory";
    private static final String PLUGINS = "pluginDirs";
    private static final String SKILLS = "skills";
    private static final int DEPTH = 8;

    private static final List<String> SETTINGS = List.of(ClaudeFiles.SETTINGS, ClaudeFiles.LOCAL_SETTINGS);

    private final ConfigurationContext configurationContext;
    private final LoginSpec login;

    UserFiles(ConfigurationContext configurationContext, LoginSpec login) {
        this.configurationContext = configurationContext;
        this.login = login;
    }

    /** Checks a directory with the layout of {@code ~/.claude}, and returns its path. */
    Path directory(String text) {
        Path path = HostPaths.resolve(text, configurationContext);
        if (!Files.isDirectory(path)) {
            throw refused(
                    DIRECTORY, path + " is no directory", "Name one with a CLAUDE.md, skills, commands or agents.");
        }
        checkSharing(DIRECTORY);
        checkOwn(DIRECTORY, path);
        checkSecrets(DIRECTORY, path);
        found(path, SETTINGS).ifPresent(name -> {
            throw refused(
                    DIRECTORY,
                    path + " holds " + name
                            + ", which agents do not take: settings can run hooks and name another login",
                    "Take it out of there; hooks can come by pluginDirs, settings by an agent's parameter settings.");
        });
        if (found(path, ClaudeFiles.CONTEXT).isEmpty()) {
            throw refused(
                    DIRECTORY,
                    path + " has nothing that agents take",
                    "Lay it out like ~/.claude, with one of: " + String.join(", ", ClaudeFiles.CONTEXT) + ".");
        }
        return path;
    }

    /** Checks a plugin, a folder of plugins or an archive of one, and returns its path. */
    Path plugin(String text) {
        if (text == null || text.isBlank()) {
            throw refused(PLUGINS, "has an entry without a path", "Name a plugin's directory or .zip file.");
        }
        Path path = HostPaths.resolve(text, configurationContext);
        boolean archive = Files.isRegularFile(path) && path.toString().endsWith(".zip");
        if (!archive && !Files.isDirectory(path)) {
            throw refused(PLUGINS, path + " is neither a directory nor a .zip file", "Name a plugin's directory.");
        }
        checkOwn(PLUGINS, path);
        checkSecrets(PLUGINS, path);
        return path;
    }

    /**
     * Checks a directory of a skill, and returns its path. A person's own skills are allowed, since one directory of
     * them has neither sessions nor a login.
     *
     * @param directory directory with the layout of {@code ~/.claude} that the same agents get, skills included
     */
    Path skill(String text, Optional<Path> directory) {
        if (text == null || text.isBlank()) {
            throw refused(SKILLS, "has an entry without a path", "Name a skill's directory.");
        }
        Path path = HostPaths.resolve(text, configurationContext);
        Path file = path.resolve(ClaudeFiles.SKILL);
        if (!Files.isRegularFile(file)) {
            throw refused(
                    SKILLS,
                    path + " holds no " + ClaudeFiles.SKILL,
                    "Name the directory of one skill, such as ~/.claude/skills/NAME; name several one by one.");
        }
        if (!MountRules.holds(path, file)) {
            throw refused(
                    SKILLS,
                    file + " is a link out of its directory, and containers see that directory alone",
                    "Copy the file into " + path + ".");
        }
        checkSharing(SKILLS);
        checkOwnDirectory(SKILLS, path);
        if (login.mode() == LoginMode.LOGIN && MountRules.holds(path, login.directory())) {
            throw holdsLogin(SKILLS, path);
        }
        checkCredentials(SKILLS, path);
        directory
                .map(common -> common.resolve(ClaudeFiles.SKILLS).resolve(path.getFileName()))
                .filter(Files::exists)
                .ifPresent(same -> {
                    throw refused(
                            SKILLS,
                            "has " + path.getFileName() + ", and so has " + DIRECTORY + " (" + same + ")",
                            "Leave one of them out, or give it another name.");
                });
        return path;
    }

    private void checkSharing(String parameter) {
        if (login.mode() == LoginMode.LOGIN && login.sharing() == Sharing.ALL) {
            throw refused(
                    parameter,
                    "is set, and with sharing all the agents have one directory for all of Claude Code's state",
                    "Leave sharing out, or put the files into " + login.directory() + ".");
        }
    }

    /** Rejects a person's own directory, which holds the login and all conversations with Claude Code. */
    private void checkOwn(String parameter, Path path) {
        checkOwnDirectory(parameter, path);
        if (found(path, ClaudeFiles.HISTORY).isPresent()) {
            throw holdsOwn(parameter, path);
        }
    }

    private void checkOwnDirectory(String parameter, Path path) {
        Optional<Path> own = Optional.ofNullable(
                        configurationContext.environment().get(ClaudeEnvironment.CONFIG_DIRECTORY))
                .map(Path::of)
                .or(() -> configurationContext.home().find(ClaudeFiles.CONFIG_DIRECTORY));
        if (own.filter(directory -> MountRules.holds(path, directory)).isPresent()) {
            throw holdsOwn(parameter, path);
        }
    }

    private static InvalidSpecException holdsOwn(String parameter, Path path) {
        return refused(
                parameter,
                path + " holds a person's own Claude Code directory, with sessions and possibly a login",
                "Copy what agents shall have (CLAUDE.md, skills, …) to a directory of the project, and name that.");
    }

    private void checkSecrets(String parameter, Path path) {
        boolean reachesLogin = login.mode() == LoginMode.LOGIN
                && (MountRules.holds(path, login.directory()) || MountRules.holds(login.directory(), path));
        if (reachesLogin) {
            throw holdsLogin(parameter, path);
        }
        checkCredentials(parameter, path);
    }

    private static InvalidSpecException holdsLogin(String parameter, Path path) {
        return refused(
                parameter,
                path + " holds a login (" + ClaudeFiles.CREDENTIALS + "), which agents would all reach",
                "Name a directory that has only what agents shall have.");
    }

    private static void checkCredentials(String parameter, Path path) {
        if (holdsCredentials(parameter, path)) {
            throw holdsLogin(parameter, path);
        }
    }

    private static boolean holdsCredentials(String parameter, Path path) {
        // A link as the start would not be followed, but the engine mounts its target.
        try (Stream<Path> files = Files.walk(path.toRealPath(), DEPTH)) {
            return files.anyMatch(file -> file.getFileName().toString().equals(ClaudeFiles.CREDENTIALS));
        } catch (IOException | UncheckedIOException e) {
            throw refused(
                    parameter, path + " can't be read: " + FileProblem.of(e), "Name a directory that you may read.");
        }
    }

    private static Optional<String> found(Path path, List<String> names) {
        return names.stream().filter(name -> Files.exists(path.resolve(name))).findFirst();
    }

    private static InvalidSpecException refused(String parameter, String problem, String suggestion) {
        return new InvalidSpecException(parameter, problem, suggestion);
    }
}
