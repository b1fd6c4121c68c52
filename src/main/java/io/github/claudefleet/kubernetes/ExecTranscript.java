package io.github.claudefleet.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Output of a command so far, with a way to wait for more. */
final class ExecTranscript extends OutputStream {

    /** Maximum length. A dialogue is a few screens; anything beyond is discarded. */
    private static final int MOST = 4 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean news;
    private boolean ended;

    @Override
    public synchronized void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] piece, int offset, int length) {
        bytes.write(piece, offset, Math.min(length, MOST - bytes.size()));
        news = true;
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        news = true;
        notifyAll();
    }

    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Waits for new output since the last call or the end; false if the limit passes first. */
    synchronized boolean awaitChange(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        while (!news && !ended && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            left = deadline - System.nanoTime();
        }
        boolean changed = news || ended;
        news = false;
        return changed;
    }
}
