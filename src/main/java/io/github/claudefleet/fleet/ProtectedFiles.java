package io.github.claudefleet.fleet;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files that an agent must not change.
 *
 * @param globs globs, from the agent's own directory or from the workspace's root
 * @param own the agent's own directory, relative to the workspace; may be empty
 */
record ProtectedFiles(List<String> globs, String own) {

    private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]");

    /** Returns those of the files, given relative to the workspace, that a glob matches. */
    List<String> among(List<String> files) {
        return files.stream().filter(this::isProtected).toList();
    }

    private boolean isProtected(String file) {
        return globs.stream().anyMatch(glob -> matches(glob, file))
                || !own.isEmpty()
                        && file.startsWith(own + "/")
                        && globs.stream().anyMatch(glob -> matches(glob, file.substring(own.length() + 1)));
    }

    private static boolean matches(String glob, String file) {
        try {
            return matcher(glob).matches(Path.of(file));
        } catch (InvalidPathException e) {
            // In the POSIX locale Java has no path for such a name. Rather too many files are protected than too few.
            return matcher(inAscii(glob)).matches(Path.of(inAscii(file)));
        }
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    /** Replaces each letter outside ASCII with the same one. */
    private static String inAscii(String text) {
        return BEYOND_ASCII.matcher(text).replaceAll("_");
    }
}
