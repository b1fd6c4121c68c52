package io.github.claudefleet.docker;

import com.github.dockerjava.api.exception.NotFoundException;
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
 * Limits the time of calls. docker-java has no timeout on unix sockets, and its response timeout would cut idle log
 * streams. So each call runs on a separate thread, which is interrupted at the deadline.
 */
final class TimedCalls implements AutoCloseable {

    /** Default limit of a control call. A busy engine needs seconds. */
    static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    /** Maximum number of broken connections, as many as a large fleet may leave behind. */
    private static final int MOST_BROKEN = 100;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ErrorTranslator errors;
    private final Duration limit;
    private final ExecutorService threads = Executors.newCachedThreadPool(TimedCalls::daemon);

    /** @param limit time limit of a control call */
    TimedCalls(ErrorTranslator errors, Duration limit) {
        this.errors = errors;
        this.limit = limit;
    }

    /** Returns the time limit of a control call. */
    Duration limit() {
        return limit;
    }

    /** Returns the time limit of a start, which waits for the kernel, mounts and networks. */
    Duration startLimit() {
        return limit.multipliedBy(2);
    }

    /** Makes a call with the limit of control calls. */
    <T> T control(String call, Callable<T> body) {
        return within(limit, call, body);
    }

    /** Makes a call without a result, with the limit of control calls. */
    void control(String call, Runnable body) {
        within(limit, call, Executors.callable(body));
    }

    /** Makes a control call, which does nothing if its target no longer exists. */
    void unlessGone(String call, Runnable body) {
        control(call, () -> {
            try {
                body.run();
            } catch (NotFoundException e) {
                // It no longer exists, as requested.
            }
        });
    }

    /**
     * @param most time limit of the call
     * @param call operation and target, for the error
     * @throws EngineException if it fails, or exceeds the limit
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

    /** Returns the exception to throw after an interrupt, and sets the thread's interrupt flag again. */
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
     * Retries on broken pooled connections, which a restarted engine leaves behind. They fail at the first byte
     * written, so the engine has not received the request.
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
