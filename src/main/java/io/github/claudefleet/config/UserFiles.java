package io.github.claudefleet.config;

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

/** Checks files of this machine that agents get as a user's own context, so that no login and no hook comes along unseen. */
final class UserFiles {

    private static final String DIRECTORY = "claudeDirectory";
    private static final String PLUGINS = "pluginDirs";
    private static final String CREDENTIALS = ".credentials.json";
    private static final int DEPTH = 8;

    /** What agents take from such a directory. */
    private static final List<String> TAKEN =
            List.of("CLAUDE.md", "rules", "skills", "commands", "agents", "output-styles");

    private static final List<String> SETTINGS = List.of("settings.json", "settings.local.json");
    /** A person's own directory has them even where the login is kept elsewhere, as on a Mac. */
    private static final List<String> STATE = List.of("projects", "history.jsonl", ".claude.json", "sessions");

    private final ConfigurationContext configurationContext;
    private final LoginSpec login;

    UserFiles(ConfigurationContext configurationContext, LoginSpec login) {
        this.configurationContext = configurationContext;
        this.login = login;
    }

    /** A directory that is laid out like {@code ~/.claude}. */
    Path directory(String text) {
        Path path = HostPaths.resolve(text, configurationContext);
        if (!Files.isDirectory(path)) {
            throw refused(
                    DIRECTORY, path + " is no directory", "Name one with a CLAUDE.md, skills, commands or agents.");
        }
        if (login.mode() == LoginMode.LOGIN && login.sharing() == Sharing.ALL) {
            throw refused(
                    DIRECTORY,
                    "is set, and with sharing all the agents have one directory for all of Claude Code's state",
                    "Leave sharing out, or put the files into " + login.directory() + ".");
        }
        checkOwn(DIRECTORY, path);
        checkSecrets(DIRECTORY, path);
        found(path, SETTINGS).ifPresent(name -> {
            throw refused(
                    DIRECTORY,
                    path + " holds " + name
                            + ", which agents do not take: settings can run hooks and name another login",
                    "Take it out of there; hooks can come by pluginDirs, settings by claudeArguments (--settings JSON).");
        });
        if (found(path, TAKEN).isEmpty()) {
            throw refused(
                    DIRECTORY,
                    path + " has nothing that agents take",
                    "Lay it out like ~/.claude, with one of: " + String.join(", ", TAKEN) + ".");
        }
        return path;
    }

    /** A plugin, a folder of plugins, or an archive of one. */
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

    /** What a person has for themselves holds their login, and everything that they ever said to Claude Code. */
    private void checkOwn(String parameter, Path path) {
        Optional<Path> own = Optional.ofNullable(
                        configurationContext.environment().get("CLAUDE_CONFIG_DIR"))
                .map(Path::of)
                .or(() -> configurationContext.home().find(".claude"));
        boolean holdsOwn =
                own.filter(directory -> MountRules.holds(path, directory)).isPresent();
        if (holdsOwn || found(path, STATE).isPresent()) {
            throw refused(
                    parameter,
                    path + " holds a person's own Claude Code directory, with sessions and possibly a login",
                    "Copy what agents shall have (CLAUDE.md, skills, …) to a directory of the project, and name that.");
        }
    }

    private void checkSecrets(String parameter, Path path) {
        boolean reachesLogin = login.mode() == LoginMode.LOGIN
                && (MountRules.holds(path, login.directory()) || MountRules.holds(login.directory(), path));
        if (reachesLogin || holdsCredentials(parameter, path)) {
            throw refused(
                    parameter,
                    path + " holds a login (" + CREDENTIALS + "), which agents would all reach",
                    "Name a directory that has only what agents shall have.");
        }
    }

    private static boolean holdsCredentials(String parameter, Path path) {
        try (Stream<Path> files = Files.walk(path, DEPTH)) {
            return files.anyMatch(file -> file.getFileName().toString().equals(CREDENTIALS));
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
