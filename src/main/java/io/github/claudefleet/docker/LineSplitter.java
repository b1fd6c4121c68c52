package io.github.claudefleet.docker;

import io.github.claudefleet.engine.LineSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Makes lines of bytes that come in pieces, whose borders fall anywhere, within a character too. A line that doesn't
 * end is handed over in parts of 16 MiB, so that memory stays bounded: an answer of a model is one line. Not for use by two threads at once.
 */
final class LineSplitter {

    static final int LONGEST = 1 << 24;

    private final LineSink sink;
    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSplitter(LineSink sink) {
        this(sink, LONGEST);
    }

    /** @param longest bytes after which a line is cut, at least four: the most that a character takes */
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

    /** Hands over what came after the last line end. */
    void finish() {
        if (line.size() > 0) {
            emit();
        }
    }

    /** Cuts before a byte that begins a character, never within one. */
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
