package io.github.claudefleet.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Home directory of the user who runs Maven. The command lines of Docker, git and Claude Code find it in this way, too:
 * {@code HOME} ({@code USERPROFILE} on Windows), or the system's own record if that is not set. Java reads only the
 * record.
 *
 * @param path absent if there is none
 * @param problem reason for its absence, as the end of a sentence that begins with the variable
 * @param variable environment variable that names it on this system
 */
public record HomeDirectory(Optional<Path> path, String problem, String variable) {

    /** Java's value for the home of a user that the system doesn't know. */
    private static final String UNKNOWN = "?";

    private static final String POSIX = "HOME";
    private static final String WINDOWS = "USERPROFILE";

    /** Returns a known home. */
    public static HomeDirectory at(Path path) {
        return new HomeDirectory(Optional.of(path), "", POSIX);
    }

    /**
     * Finds the home.
     *
     * @param environment environment of this process
     * @param recorded the system's own record, {@code user.home} in Java; may be null
     * @param windows true on Windows
     */
    public static HomeDirectory of(Map<String, String> environment, String recorded, boolean windows) {
        String variable = windows ? WINDOWS : POSIX;
        String named = environment.getOrDefault(variable, "");
        if (!named.isBlank()) {
            return absolute(named, variable);
        }
        return recorded == null || recorded.isBlank() || recorded.equals(UNKNOWN)
                ? none("is not set, and the system has no home directory for this user", variable)
                : absolute(recorded, variable);
    }

    private static HomeDirectory absolute(String text, String variable) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute()
                    ? new HomeDirectory(Optional.of(path.normalize()), "", variable)
                    : none(
                            "is \"" + text
                                    + "\", which is not an absolute path: each directory would have a login of its own",
                            variable);
        } catch (InvalidPathException e) {
            return none(
                    "can't be read in this locale (" + PathText.charset() + "); set LC_ALL=C.UTF-8 as well", variable);
        }
    }

    private static HomeDirectory none(String problem, String variable) {
        return new HomeDirectory(Optional.empty(), problem, variable);
    }

    /**
     * Returns the directory, for a caller that needs one.
     *
     * @throws InvalidSpecException if there is none
     */
    public Path require() {
        return path.orElseThrow(() -> new InvalidSpecException(variable, problem, suggestion()));
    }

    private String suggestion() {
        String example = variable.equals(POSIX) ? ", such as with docker run --env HOME=/cache/home" : "";
        return "Set " + variable + " to a directory that this user can write and that outlives the build" + example
                + "; or name -Dclaude-fleet.auth.directory and -Dclaude-fleet.workspace.root.";
    }

    /** Returns the path of a file or directory in the home; empty if there is no home. */
    public Optional<Path> find(String below) {
        return path.map(home -> home.resolve(below));
    }
}
