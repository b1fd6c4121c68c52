package io.github.claudefleet.spec;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Paths from texts and texts from paths, whatever the locale: under POSIX ({@code LC_ALL=C}) Java refuses each name with a letter
 * outside of ASCII, and shows those that it meets as question marks. Files are named in UTF-8 wherever such builds run.
 */
public final class PathText {

    private PathText() {}

    /**
     * Returns the path that a text means, seen from a directory.
     *
     * @param base an absolute path, for texts that are relative
     */
    public static Path resolve(Path base, String text) {
        try {
            return base.resolve(text);
        } catch (InvalidPathException e) {
            return text.startsWith("/") ? inUtf8(text, e) : inUtf8(of(base.toAbsolutePath()) + "/" + text, e);
        }
    }

    /** Returns the path that an absolute text means. */
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

    /** Returns an absolute path as a text, for somebody else who takes UTF-8, such as the engine. */
    public static String of(Path path) {
        String text = path.toString();
        boolean ascii = text.chars().allMatch(letter -> letter < 128);
        return ascii || !path.isAbsolute() || !text.startsWith("/")
                ? text
                : withoutSlash(path.toUri().getPath());
    }

    /** Returns the charset that this process has for names of files. */
    public static String charset() {
        return System.getProperty("sun.jnu.encoding", "unknown");
    }

    /** A path's address has its bytes as they are; a folder's ends with a slash. */
    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Path inUtf8(String text, InvalidPathException reason) {
        try {
            // Java takes the bytes as they are with three slashes alone.
            String encoded = new URI(null, null, text, null).toASCIIString();
            return Path.of(URI.create("file://" + encoded));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw reason;
        }
    }
}
