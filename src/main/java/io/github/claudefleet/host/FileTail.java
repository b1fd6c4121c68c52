package io.github.claudefleet.host;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** End of a text file that may be long. */
public final class FileTail {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LINES = 200;

    private FileTail() {}

    /** Returns the last 200 lines, of the last 1 MiB at most, without the last line's end. */
    public static String read(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            // A process that was left behind may still write.
            long length = open.length();
            byte[] end = new byte[(int) Math.min(length, MOST_BYTES)];
            open.seek(length - end.length);
            open.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
        }
    }
}
