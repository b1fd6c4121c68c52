package io.github.claudefleet.workspace;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names of files as git has them: bytes, which this machine's locale need not be able to express. A raw name carries each byte as one
 * char (ISO 8859-1). Java turns text into paths by the locale; by way of a URI it takes the bytes as they are.
 */
final class FileNames {

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/";

    private FileNames() {}

    /** The file of a raw name below a directory. */
    static Path resolve(Path root, String raw) {
        StringBuilder uri = new StringBuilder(uri(root));
        for (int i = 0; i < raw.length(); i++) {
            char one = raw.charAt(i);
            uri.append(PLAIN.indexOf(one) >= 0 ? String.valueOf(one) : String.format("%%%02X", (int) one));
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** A path that git printed, which is absolute. */
    static Path absolute(String raw) {
        return raw.startsWith("/") ? resolve(Path.of("/"), raw.substring(1)) : Path.of(utf8(raw));
    }

    /** The raw name of a file below a directory. */
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

    /** A raw name for people to read. */
    static String utf8(String raw) {
        return new String(bytes(raw), StandardCharsets.UTF_8);
    }

    /** The raw form of a text. */
    static String raw(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Raw names as git reads them with {@code -z}. */
    static byte[] ended(Iterable<String> raws) {
        StringBuilder all = new StringBuilder();
        raws.forEach(raw -> all.append(raw).append('\0'));
        return bytes(all.toString());
    }
}
