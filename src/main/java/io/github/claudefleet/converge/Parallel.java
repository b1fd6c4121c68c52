package io.github.claudefleet.converge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Applies one function to several inputs concurrently, and waits for all. */
public final class Parallel {

    /**
     * Maximum time to wait for started work, so that it creates nothing after a rollback. Interruptible work ends at
     * once; an engine may take this long to create and start a container.
     */
    private static final int END_LIMIT_SECONDS = 180;

    private Parallel() {}

    /** Work that can be interrupted. */
    @FunctionalInterface
    public interface Work<T, R> {
        R apply(T input) throws InterruptedException;
    }

    /**
     * Returns the results in the order of the inputs. Work that may fail reports that in its result: an exception ends
     * the whole call.
     *
     * @param atOnce maximum number of concurrent calls, at least 1
     */
    public static <T, R> List<R> map(List<T> inputs, int atOnce, Work<T, R> work) throws InterruptedException {
        if (inputs.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, inputs.size()), Parallel::daemon);
        try {
            List<Future<R>> futures = inputs.stream()
                    .map(input -> threads.submit(() -> work.apply(input)))
                    .toList();
            return collect(futures);
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static <R> List<R> collect(List<Future<R>> futures) throws InterruptedException {
        List<R> results = new ArrayList<>();
        for (Future<R> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException unchecked) {
                    throw unchecked;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        return results;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "claude-fleet");
        thread.setDaemon(true);
        return thread;
    }
}
