package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.LineSink;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Splits bytes into complete lines for a sink, after as many as it already has. Not thread-safe. */
final class LineStream extends OutputStream {

    /** Longest line; a longer one is split, to limit memory. */
    private static final int LONGEST = 1 << 24;

    private final LineSink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long skipped;
    private long lines;

    LineStream(LineSink sink) {
        this(sink, 0);
    }

    /** @param skipped number of lines to leave out */
    LineStream(LineSink sink, long skipped) {
        this.sink = sink;
        this.skipped = skipped;
        this.lines = skipped;
    }

    @Override
    public void write(int one) {
        if (one == '\n') {
            emit();
        } else {
            line.write(one);
            if (line.size() >= LONGEST && (one & 0x80) == 0) {
                emit();
            }
        }
    }

    @Override
    public void write(byte[] piece, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            write(piece[at]);
        }
    }

    /** Returns the number of complete lines that the sink has by now. */
    long lines() {
        return lines;
    }

    /** Sends the rest after the last line terminator, at the real end of the output. */
    void finish() {
        if (line.size() > 0) {
            emit();
        }
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (skipped > 0) {
            skipped--;
            return;
        }
        lines++;
        sink.line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
