package io.github.claudefleet.docker;

import com.github.dockerjava.api.exception.DockerException;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Creates a resource; if the response is lost, looks it up, so that it is neither leaked nor created twice.
 *
 * @param calls time limits of calls
 */
record IdempotentCreate(TimedCalls calls) {

    /**
     * Pauses between lookups. A restarted engine is back after a few seconds; a slow one may create the resource late.
     */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));

    /**
     * Creates a resource.
     *
     * @param call operation and target, for the error
     * @param making call that creates it
     * @param look lookup of a resource that exactly matches the request
     */
    <T> T make(String call, Callable<T> making, Supplier<Optional<T>> look) {
        try {
            return calls.control(call, making);
        } catch (EngineException e) {
            int looks = looksAfter(e);
            return (looks == 0 ? Optional.<T>empty() : find(call, look, looks)).orElseThrow(() -> e);
        }
    }

    /** Returns the number of lookups without a result after which the resource counts as not created. */
    private static int looksAfter(EngineException e) {
        if (Thread.currentThread().isInterrupted() || isRefusal(e)) {
            return 0;
        }
        return switch (e.kind()) {
            case UNREACHABLE -> 3;
            case TIMED_OUT -> PAUSES.size();
            case FAILED -> 1;
            case NOT_FOUND, CONFLICT -> 0;
        };
    }

    /** Returns true if the engine rejected the request, and so created nothing. */
    private static boolean isRefusal(EngineException e) {
        return e.kind() == Kind.FAILED
                && e.getCause() instanceof DockerException answered
                && answered.getHttpStatus() < 500;
    }

    private <T> Optional<T> find(String call, Supplier<Optional<T>> look, int looks) {
        long end = System.nanoTime() + calls.limit().toNanos();
        int absent = 0;
        for (Duration pause : PAUSES) {
            TimedCalls.sleep(call, pause);
            try {
                Optional<T> found = look.get();
                if (found.isPresent() || ++absent == looks) {
                    return found;
                }
            } catch (EngineException e) {
                // Retried. The failure to report is that of the creation.
            }
            if (System.nanoTime() > end) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
