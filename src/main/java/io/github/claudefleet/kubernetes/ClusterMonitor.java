package io.github.claudefleet.kubernetes;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.LogStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Monitor of the API server. It asks for the version again and again, as the server ends each watch after a while, and
 * ends when there is no answer.
 */
final class ClusterMonitor implements LogStream {

    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(3);

    private final Runnable call;
    private final CountDownLatch end = new CountDownLatch(1);

    private ClusterMonitor(Runnable call) {
        this.call = call;
    }

    /**
     * Starts the calls on a thread of its own.
     *
     * @param call call that throws an {@link EngineException}
     * @throws EngineException if the first one has no answer
     */
    static ClusterMonitor start(Runnable call) {
        call.run();
        ClusterMonitor monitor = new ClusterMonitor(call);
        Thread thread = new Thread(monitor::watch, "cluster-monitor");
        thread.setDaemon(true);
        thread.start();
        return monitor;
    }

    private void watch() {
        try {
            while (!end.await(BETWEEN_CALLS.toMillis(), TimeUnit.MILLISECONDS) && answers()) {
                // The conditions do the work.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end.countDown();
        }
    }

    private boolean answers() {
        try {
            call.run();
            return true;
        } catch (EngineException e) {
            return e.kind() != Kind.UNREACHABLE && e.kind() != Kind.TIMED_OUT;
        }
    }

    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return end.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        end.countDown();
    }
}
