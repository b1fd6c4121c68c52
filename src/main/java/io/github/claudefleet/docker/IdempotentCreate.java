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
 * Makes what must not be lost with an answer: where nobody knows whether the engine made it, it is looked for, so that it is
 * used, or taken back, as if the answer had come.
 *
 * @param calls give each call its limit
 */
record IdempotentCreate(TimedCalls calls) {

    /** An engine that is started again is back after a few seconds; one that is slow makes it a moment later. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));

    /**
     * @param call what is made, for the error
     * @param making makes it
     * @param look finds it if it is there, exactly as it was asked for
     */
    <T> T make(String call, Callable<T> making, Supplier<Optional<T>> look) {
        try {
            return calls.control(call, making);
        } catch (EngineException e) {
            int looks = looksAfter(e);
            return (looks == 0 ? Optional.<T>empty() : find(call, look, looks)).orElseThrow(() -> e);
        }
    }

    /** How often it has to be seen not to be there until that is believed. */
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

    /** An engine that says what is wrong with a request has done nothing. */
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
                // What went wrong with the creation is what there is to say; here it is but asked again.
            }
            if (System.nanoTime() > end) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
