package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.PathText;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * File names as git has them: bytes, which the host's locale may not be able to encode. A raw name has one char per
 * byte (ISO 8859-1). Java converts text to paths by the locale, but takes the bytes of a URI as they are.
 */
final class FileNames {

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/";

    private FileNames() {}

    /** Returns the file of a raw name below a directory. */
    static Path resolve(Path root, String raw) {
        StringBuilder uri = new StringBuilder(uri(root));
        for (int i = 0; i < raw.length(); i++) {
            char one = raw.charAt(i);
            uri.append(PLAIN.indexOf(one) >= 0 ? String.valueOf(one) : String.format("%%%02X", (int) one));
        }
        return Path.of(URI.create(uri.toString()));
    }

    /**
     * Converts a path printed by git, which on Windows has slashes and may begin with a drive.
     *
     * @param directory base of a relative path
     */
    static Path of(Path directory, String raw) {
        boolean drives = directory.getFileSystem().getSeparator().equals("\\");
        if (drives && PathText.isAbsolute(raw)) {
            return directory.getFileSystem().getPath(utf8(raw));
        }
        return raw.startsWith("/") ? absolute(raw) : resolve(directory, raw);
    }

    /** Converts an absolute path printed by git. */
    static Path absolute(String raw) {
        return raw.startsWith("/") ? resolve(Path.of("/"), raw.substring(1)) : Path.of(utf8(raw));
    }

    /** Returns the raw name of a file below a directory. */
    static String raw(Path root, Path file) {
        String name = file.toUri()
                .getRawPath()
                .substring(URI.create(uri(root)).getRawPath().length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '%') {
                bytes.write(Integer.parseInt(name.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(name.charAt(i));
            }
        }
        String raw = bytes.toString(StandardCharsets.ISO_8859_1);
        return raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    }

    private static String uri(Path root) {
        String uri = root.toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    /** Returns a raw name as readable text. */
    static String utf8(String raw) {
        return new String(bytes(raw), StandardCharsets.UTF_8);
    }

    /** Converts text to its raw form. */
    static String raw(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Encodes raw names for git's {@code -z}. */
    static byte[] ended(Iterable<String> raws) {
        StringBuilder all = new StringBuilder();
        raws.forEach(raw -> all.append(raw).append('\0'));
        return bytes(all.toString());
    }
}
