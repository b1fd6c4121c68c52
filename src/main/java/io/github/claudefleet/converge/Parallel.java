package io.github.claudefleet.converge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does one thing to each of several, some at once, and waits for all. */
public final class Parallel {

    /**
     * What was begun is waited for, so that nothing is made any more behind the back of who takes it back. What can be
     * interrupted ends at once; an engine may take this long to make and start a container.
     */
    private static final int END_LIMIT_SECONDS = 180;

    private Parallel() {}

    /** Work that can be interrupted. */
    @FunctionalInterface
    public interface Work<T, R> {
        R apply(T input) throws InterruptedException;
    }

    /**
     * The results in the order of the inputs. Whoever may fail says so in its result: what is thrown ends the whole.
     *
     * @param atOnce how many at once, at least 1
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
