package io.github.claudefleet.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The two ends of a channel; the JDK's own stream of one waits with writing while another thread reads. */
final class Streams {

    private static final int HEAD = 8;

    private Streams() {}

    static InputStream input(SocketChannel channel) {
        return new BufferedInputStream(new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return channel.read(ByteBuffer.wrap(target, offset, length));
            }
        });
    }

    static OutputStream output(SocketChannel channel) {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
        };
    }

    /** Writes a piece, waits a moment, and so on. */
    static OutputStream dribbling(OutputStream target, int piece, long pauseMillis) {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                target.write(single);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int done = 0; done < length; done += piece) {
                    pause(pauseMillis);
                    target.write(bytes, offset + done, Math.min(piece, length - done));
                }
            }
        };
    }

    /** Takes half of the first piece that is more than a chunk's or a frame's head, and then fails. */
    static OutputStream breaking(OutputStream target) {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                target.write(single);
            }

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
