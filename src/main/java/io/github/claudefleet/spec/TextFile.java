package io.github.claudefleet.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files that a user has written. */
public final class TextFile {

    /** Editors and spreadsheets of Windows begin a file with it. It would be a part of the first word. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /**
     * Reads a file in UTF-8, with or without a byte order mark.
     *
     * @throws IOException if the file can't be read, or is not in UTF-8
     */
    public static String read(Path file) throws IOException {
        String text = Files.readString(file);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }
}
