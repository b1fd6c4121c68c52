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
final class TimedCalls implements AutoCloseable {

    /** What a control call takes at most where nobody says otherwise: a busy engine needs seconds. */
    static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    /** As many as a large fleet may have left behind. */
    private static final int MOST_BROKEN = 100;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ErrorTranslator errors;
    private final Duration limit;
    private final ExecutorService threads = Executors.newCachedThreadPool(TimedCalls::daemon);

    /** @param limit of a control call */
    TimedCalls(ErrorTranslator errors, Duration limit) {
        this.errors = errors;
        this.limit = limit;
    }

    /** How long a control call may take. */
    Duration limit() {
        return limit;
    }

    /** How long a start may take, which waits for the kernel, mounts and networks. */
    Duration startLimit() {
        return limit.multipliedBy(2);
    }

    /** A call that ends within the limit of control calls. */
    <T> T control(String call, Callable<T> body) {
        return within(limit, call, body);
    }

    /** A call without a result that ends within the limit of control calls. */
    void control(String call, Runnable body) {
        within(limit, call, Executors.callable(body));
    }

    /**
     * @param most after which it is given up
     * @param call what is asked of what, for the error
     * @throws EngineException if it fails, or takes longer
     */
    <T> T within(Duration most, String call, Callable<T> body) {
        Future<T> future = submit(call, onLivingConnection(body));
        try {
            return future.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw errors.translate(call, e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new EngineException(
                    Kind.TIMED_OUT,
                    call,
                    "no answer within " + Durations.toText(most),
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

    /** Waits between two calls. */
    static void sleep(String call, Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(call, e);
        }
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
                    if (!"Broken pipe".equals(ErrorTranslator.innermost(e).getMessage())) {
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
