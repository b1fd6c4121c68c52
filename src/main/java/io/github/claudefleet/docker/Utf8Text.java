package io.github.claudefleet.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Collects text that comes as bytes in pieces, up to a limit. Not for use by two threads at once. */
final class Utf8Text {

    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean full;

    /** @param most bytes that are kept; what comes after them is left out */
    Utf8Text(int most) {
        this.most = most;
    }

    void write(byte[] more) {
        int room = Math.min(more.length, most - bytes.size());
        bytes.write(more, 0, room);
        full |= room < more.length;
    }

    /** Whether something had to be left out. */
    boolean overflowed() {
        return full;
    }

    @Override
    public String toString() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
