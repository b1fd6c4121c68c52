package io.github.claudefleet.docker;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives calls a deadline. docker-java has none on unix sockets, and its own response timeout would cut idle log
 * streams; so each call runs on a thread of its own that is interrupted when the time is over.
 */
final class Calls implements AutoCloseable {

    /** What a control call takes at most: a busy engine needs seconds. */
    static final Duration CONTROL = Duration.ofSeconds(60);
    /** Starting waits for the kernel, mounts and networks. */
    static final Duration START = Duration.ofSeconds(120);

    /** As many as a large fleet may have left behind. */
    private static final int MOST_BROKEN = 100;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Errors errors;
    private final ExecutorService threads = Executors.newCachedThreadPool(Calls::daemon);

    Calls(Errors errors) {
        this.errors = errors;
    }

    /** A call that ends within {@link #CONTROL}. */
    <T> T control(String call, Callable<T> body) {
        return within(CONTROL, call, body);
    }

    /** A call without a result that ends within {@link #CONTROL}. */
    void control(String call, Runnable body) {
        within(CONTROL, call, Executors.callable(body));
    }

    /**
     * @param limit after which it is given up
     * @param call what is asked of what, for the error
     * @throws EngineException if it fails, or takes longer
     */
    <T> T within(Duration limit, String call, Callable<T> body) {
        Future<T> future = submit(call, onLivingConnection(body));
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw errors.translate(call, e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new EngineException(
                    Kind.TIMED_OUT,
                    call,
                    "no answer within " + Durations.toText(limit),
                    "See whether the engine at " + errors.address() + " is overloaded or hangs (docker info).",
                    null);
        } catch (InterruptedException e) {
            future.cancel(true);
            throw interrupted(call, e);
        }
    }

    /** What to throw when the calling thread was interrupted; keeps the thread's mark. */
    static EngineException interrupted(String call, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EngineException(Kind.FAILED, call, "interrupted before the engine was done", "", e);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /**
     * An engine that was restarted leaves connections behind which break at the first byte that is written, so that nobody has read
     * what was asked on them.
     */
    private static <T> Callable<T> onLivingConnection(Callable<T> body) {
        return () -> {
            for (int broken = 0; broken < MOST_BROKEN; broken++) {
                try {
                    return body.call();
                } catch (Exception e) {
                    if (!"Broken pipe".equals(Errors.innermost(e).getMessage())) {
                        throw e;
                    }
                }
            }
            return body.call();
        };
    }

    private <T> Future<T> submit(String call, Callable<T> body) {
        try {
            return threads.submit(body);
        } catch (RejectedExecutionException e) {
            throw new EngineException(Kind.FAILED, call, "the connection to the engine was closed already", "", e);
        }
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "claude-fleet-engine-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
