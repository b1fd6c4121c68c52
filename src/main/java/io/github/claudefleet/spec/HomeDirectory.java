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
 * @param problem reason for its absence, as the end of a sentence that begins with {@code HOME}
 */
public record HomeDirectory(Optional<Path> path, String problem) {

    /** Java's value for the home of a user that the system doesn't know. */
    private static final String UNKNOWN = "?";

    private static final String SUGGESTION =
            "Set HOME to a directory that this user can write and that outlives the build, such as with docker run --env"
                    + " HOME=/cache/home; or name -Dclaude-fleet.auth.directory and -Dclaude-fleet.workspace.root.";

    /** Returns a known home. */
    public static HomeDirectory at(Path path) {
        return new HomeDirectory(Optional.of(path), "");
    }

    /**
     * Finds the home.
     *
     * @param environment environment of this process
     * @param recorded the system's own record, {@code user.home} in Java; may be null
     * @param windows true on Windows
     */
    public static HomeDirectory of(Map<String, String> environment, String recorded, boolean windows) {
        String variable = windows ? "USERPROFILE" : "HOME";
        String named = environment.getOrDefault(variable, "");
        if (!named.isBlank()) {
            return absolute(named);
        }
        return recorded == null || recorded.isBlank() || recorded.equals(UNKNOWN)
                ? none("is not set, and the system has no home directory for this user")
                : absolute(recorded);
    }

    private static HomeDirectory absolute(String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute()
                    ? at(path.normalize())
                    : none("is \"" + text
                            + "\", which is not an absolute path: each directory would have a login of its own");
        } catch (InvalidPathException e) {
            return none("can't be read in this locale (" + PathText.charset() + "); set LC_ALL=C.UTF-8 as well");
        }
    }

    private static HomeDirectory none(String problem) {
        return new HomeDirectory(Optional.empty(), problem);
    }

    /**
     * Returns the directory, for a caller that needs one.
     *
     * @throws InvalidSpecException if there is none
     */
    public Path require() {
        return path.orElseThrow(() -> new InvalidSpecException("HOME", problem, SUGGESTION));
    }

    /** Returns the path of a file or directory in the home; empty if there is no home. */
    public Optional<Path> find(String below) {
        return path.map(home -> home.resolve(below));
    }
}
