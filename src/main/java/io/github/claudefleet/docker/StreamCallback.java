package io.github.claudefleet.docker;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Receives a stream from docker-java. Unlike docker-java's own template it logs nothing, keeps the first failure, and
 * can be closed before the stream has begun.
 */
abstract class StreamCallback<T> implements ResultCallback<T> {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean answered;
    private Closeable stream;
    private boolean closed;
    private boolean over;
    private Throwable failure;
    private volatile long heardAt = System.nanoTime();

    /** Processes one item. Calls are never concurrent, and there is none after the end of the stream. */
    abstract void take(T item);

    /** Runs after the last item, before waiting threads see the end. Not called if the stream was closed. */
    void finish() {}

    @Override
    public final void onStart(Closeable opened) {
        heardAt = System.nanoTime();
        answered = true;
        synchronized (this) {
            stream = opened;
        }
        begun.countDown();
        if (isClosed()) {
            closeQuietly(opened);
        }
    }

    @Override
    public final void onNext(T item) {
        heardAt = System.nanoTime();
        if (hasEnded()) {
            return;
        }
        try {
            take(item);
        } catch (RuntimeException | Error e) {
            end(e);
            close();
        }
    }

    @Override
    public final void onError(Throwable throwable) {
        end(throwable);
    }

    @Override
    public final void onComplete() {
        end(null);
    }

    /** Closes the stream. Later items are ignored. */
    @Override
    public final void close() {
        Closeable opened;
        synchronized (this) {
            closed = true;
            opened = stream;
        }
        closeQuietly(opened);
        end(null);
    }

    /** Waits until the engine answers, with success or failure; false if the limit passes first. */
    final boolean awaitBegin(Duration limit) throws InterruptedException {
        return begun.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for the end; false if the limit passes first. */
    final boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the time since the last item, or the start. */
    final Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    /** Returns true if the engine has accepted the request, so that the stream has begun. */
    final boolean hasBegun() {
        return answered;
    }

    final boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Returns the failure that ended the stream; empty after a normal end or {@link #close}. */
    final synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    final synchronized boolean isClosed() {
        return closed;
    }

    private void end(Throwable throwable) {
        if (!isFirstEnd(throwable)) {
            return;
        }
        try {
            if (!isClosed()) {
                finish();
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            begun.countDown();
            ended.countDown();
        }
    }

    private synchronized void fail(Throwable throwable) {
        failure = failure == null ? throwable : failure;
    }

    private synchronized boolean isFirstEnd(Throwable throwable) {
        if (over) {
            return false;
        }
        over = true;
        failure = closed ? null : throwable;
        return true;
    }

    private static void closeQuietly(Closeable stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // The connection is discarded, so a failure to close it does not matter.
        }
    }
}
