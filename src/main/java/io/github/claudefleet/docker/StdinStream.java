package io.github.claudefleet.docker;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Standard input of a command, supplied line by line. docker-java's thread blocks in {@link #read} until there is more,
 * so the stream must be closed to end that thread. The next read also shows that the previous line was sent.
 */
final class StdinStream extends InputStream {

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private byte[] current = new byte[0];
    private int position;
    private boolean hungry;
    private boolean closed;

    synchronized void send(String line) {
        waiting.add((line + "\n").getBytes(StandardCharsets.UTF_8));
        notifyAll();
    }

    /** Waits until all lines have been sent; false if the limit passes first. */
    synchronized boolean awaitSent(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!sent()) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    public int read() throws InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws InterruptedIOException {
        if (length == 0) {
            return 0;
        }
        if (position == current.length && !advance()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private boolean sent() {
        return hungry && waiting.isEmpty();
    }

    /** Waits for the next line; false at the end. */
    private boolean advance() throws InterruptedIOException {
        hungry = true;
        notifyAll();
        awaitLine();
        if (waiting.isEmpty()) {
            return false;
        }
        hungry = false;
        current = waiting.remove();
        position = 0;
        return true;
    }

    private void awaitLine() throws InterruptedIOException {
        try {
            while (waiting.isEmpty() && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a line to send");
        }
    }
}
