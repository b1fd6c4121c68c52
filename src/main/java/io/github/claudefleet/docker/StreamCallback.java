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
 * can be closed before the stream began.
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

    /** Takes one item; calls come one at a time, and none after the stream has ended. */
    abstract void take(T item);

    /** Called after the last item, before those who wait learn of the end; not called when the stream was closed. */
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

    /** Ends the stream; what it says afterwards is not heard. */
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

    /** Waits until the engine answers, well or badly; false when the limit passed before. */
    final boolean awaitBegin(Duration limit) throws InterruptedException {
        return begun.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for the end; false when the limit passed before. */
    final boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For how long nothing was heard. */
    final Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    /** Whether the engine has said yes, so that the stream has begun. */
    final boolean hasBegun() {
        return answered;
    }

    final boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Why the stream ended, if not by its own end or by being closed. */
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
            // The connection is given up; how it takes that is of no interest.
        }
    }
}
