package io.github.claudefleet.faults;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Streams that disturb the output to another stream. */
final class FaultyStreams {

    private static final int HEAD = 8;

    private FaultyStreams() {}

    /** Writes in small pieces, with a pause before each. */
    static OutputStream dribbling(OutputStream target, int piece, long pauseMillis) {
        return new FilterOutputStream(target) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int done = 0; done < length; done += piece) {
                    pause(pauseMillis);
                    target.write(bytes, offset + done, Math.min(piece, length - done));
                }
            }
        };
    }

    /** Writes half of the first piece that is longer than the head of a chunk or a frame, and then fails. */
    static OutputStream breaking(OutputStream target) {
        return new FilterOutputStream(target) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                boolean head = length <= HEAD;
                target.write(bytes, offset, head ? length : length / 2);
                if (!head) {
                    throw new IOException("cut");
                }
            }
        };
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
