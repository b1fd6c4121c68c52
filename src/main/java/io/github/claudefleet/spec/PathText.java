package io.github.claudefleet.spec;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Converts between texts and paths in any locale. Under POSIX ({@code LC_ALL=C}) Java refuses every name with a letter
 * outside ASCII, and shows existing ones with question marks. File names are in UTF-8 wherever such builds run.
 */
public final class PathText {

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

    private PathText() {}

    /**
     * Returns the path for a text, relative to a directory.
     *
     * @param base absolute path, for texts that are relative
     */
    public static Path resolve(Path base, String text) {
        try {
            return base.resolve(text);
        } catch (InvalidPathException e) {
            return text.startsWith("/") ? inUtf8(text, e) : inUtf8(of(base.toAbsolutePath()) + "/" + text, e);
        }
    }

    /** Returns the path for an absolute text. */
    public static Path absolute(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return inUtf8(text, e);
        }
    }

    /** Returns the absolute path of a file that Maven has read from the pom. */
    public static Path of(File file) {
        return absolute(file.getAbsolutePath());
    }

    /** Returns an absolute path as a text for a recipient that takes UTF-8, such as the engine. */
    public static String of(Path path) {
        String text = path.toString();
        boolean ascii = text.chars().allMatch(letter -> letter < 128);
        return ascii || !path.isAbsolute() || !text.startsWith("/")
                ? text
                : withoutSlash(path.toUri().getPath());
    }

    /** Returns a relative path as git, containers and prompts have it, with slashes on every system. */
    public static String withSlashes(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    /** Checks whether a text is an absolute path: one from the root, or from a drive or share of Windows. */
    public static boolean isAbsolute(String text) {
        return text.startsWith("/")
                || text.startsWith("\\")
                || DRIVE.matcher(text).lookingAt();
    }

    /** Returns the charset of this process for file names. */
    public static String charset() {
        return System.getProperty("sun.jnu.encoding", "unknown");
    }

    /**
     * Removes the slash at the end of a directory. The path of a file's URI has the bytes unchanged but adds that
     * slash.
     */
    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Path inUtf8(String text, InvalidPathException reason) {
        try {
            // Java takes the bytes unchanged only with three slashes.
            String encoded = new URI(null, null, text, null).toASCIIString();
            return Path.of(URI.create("file://" + encoded));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw reason;
        }
    }
}
