package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.LineSink;
import io.github.claudefleet.engine.LogStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Output of a pod, line by line. A connection that is cut, as by a restart of kubelet or of the API server, is opened
 * again, and the lines that the sink already has are left out: none is lost and none comes twice, unless the node has
 * rotated the log away.
 */
final class FollowedPodLog implements LogStream {

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Time without a connection after which the stream ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int BUFFER = 1 << 14;

    /** Log of a pod, which can be opened again. */
    interface Source {

        /** State of the pod. */
        enum State {
            GOING_ON,
            OVER,
            GONE
        }

        State state() throws IOException;

        /** Opens the log at its beginning. */
        InputStream open() throws IOException;
    }

    private final Source source;
    private final boolean follow;
    private final LineSink sink;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile InputStream input;
    private long lines;

    private FollowedPodLog(Source source, boolean follow, LineSink sink, long skipped) {
        this.source = source;
        this.follow = follow;
        this.sink = sink;
        this.lines = skipped;
    }

    /**
     * Starts the transfer on a thread of its own.
     *
     * @param follow true to continue until the pod ends
     * @param skipped number of lines to leave out at the beginning
     */
    static FollowedPodLog start(Source source, boolean follow, LineSink sink, long skipped) {
        FollowedPodLog log = new FollowedPodLog(source, follow, sink, skipped);
        Thread thread = new Thread(log::transfer, "pod-log");
        thread.setDaemon(true);
        thread.start();
        return log;
    }

    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return end.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed = true;
        InputStream open = input;
        if (open != null) {
            closeQuietly(open);
        }
        end.countDown();
    }

    private void transfer() {
        try {
            long lastContact = System.nanoTime();
            boolean complete = false;
            while (!closed && !complete && System.nanoTime() - lastContact < PATIENCE.toNanos()) {
                try {
                    complete = round();
                    lastContact = System.nanoTime();
                } catch (IOException e) {
                    // The loop's condition bounds further attempts.
                }
                if (!complete) {
                    Thread.sleep(PAUSE.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end.countDown();
        }
    }

    /**
     * Reads the log once and returns true if it was complete. The end of a stream proves nothing: only what was read after
     * the pod had ended is all of it.
     */
    private boolean round() throws IOException {
        Source.State state = source.state();
        if (state == Source.State.GONE) {
            return true;
        }
        LineStream splitter = new LineStream(sink, lines);
        try (InputStream opened = source.open()) {
            input = opened;
            read(opened, splitter);
        } finally {
            lines = splitter.lines();
        }
        boolean complete = !follow || state == Source.State.OVER;
        if (complete && !closed) {
            splitter.finish();
        }
        return complete;
    }

    private void read(InputStream opened, LineStream splitter) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int count = opened.read(buffer);
        while (count >= 0 && !closed) {
            splitter.write(buffer, 0, count);
            count = opened.read(buffer);
        }
    }

    private static void closeQuietly(InputStream open) {
        try {
            open.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }
}
