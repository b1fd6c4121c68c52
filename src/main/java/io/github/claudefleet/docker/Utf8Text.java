package io.github.claudefleet.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Collects text from pieces of bytes, up to a limit. Not thread-safe. */
final class Utf8Text {

    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean full;

    /** @param most maximum number of bytes; those after it are discarded */
    Utf8Text(int most) {
        this.most = most;
    }

    void write(byte[] more) {
        int room = Math.min(more.length, most - bytes.size());
        bytes.write(more, 0, room);
        full |= room < more.length;
    }

    /** Returns true if bytes were discarded. */
    boolean overflowed() {
        return full;
    }

    @Override
    public String toString() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
