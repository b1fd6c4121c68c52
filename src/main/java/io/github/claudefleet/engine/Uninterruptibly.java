package io.github.claudefleet.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs work on a separate thread, so that an interrupt cannot cut it off. On an interrupted thread, engine calls fail
 * at once, including those that roll back created resources.
 */
public final class Uninterruptibly {

    private Uninterruptibly() {}

    /** Work without a result. */
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    /** Runs the work and returns when it is done. An interrupt of the calling thread is kept for later. */
    public static void run(Work work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    /**
     * Runs work that has a result and returns the result.
     *
     * @throws RuntimeException exception of the work; a checked one is wrapped in an IllegalStateException
     */
    public static <T> T call(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, Thread.currentThread().getName() + "-uninterrupted");
        thread.setDaemon(true);
        thread.start();
        return await(task);
    }

    private static <T> T await(FutureTask<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw thrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
