package io.github.claudefleet.docker;

import io.github.claudefleet.engine.LineSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits bytes that arrive in arbitrary pieces, even within a character, into lines. A model's answer is one line. A
 * longer one than 16 MiB is split into parts of that size to limit memory. Not thread-safe.
 */
final class LineSplitter {

    static final int LONGEST = 1 << 24;

    private final LineSink sink;
    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSplitter(LineSink sink) {
        this(sink, LONGEST);
    }

    /** @param longest maximum bytes of a line, at least four: the maximum length of a character */
    LineSplitter(LineSink sink, int longest) {
        this.sink = sink;
        this.longest = longest;
    }

    void write(byte[] bytes) {
        for (byte next : bytes) {
            if (next == '\n') {
                emit();
            } else {
                append(next);
            }
        }
    }

    /** Sends the rest after the last line terminator. */
    void finish() {
        if (line.size() > 0) {
            emit();
        }
    }

    /** Splits only before the first byte of a character, never within one. */
    private void append(byte next) {
        boolean begins = (next & 0xC0) != 0x80;
        if (line.size() >= longest && begins || line.size() >= longest + 4) {
            emit();
        }
        line.write(next);
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        sink.line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
