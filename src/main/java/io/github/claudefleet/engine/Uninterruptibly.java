package io.github.claudefleet.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Does on a thread of its own what an interrupt must not cut off: calls of an engine end at once on a thread that was
 * interrupted, those included that take back what was made.
 */
public final class Uninterruptibly {

    private Uninterruptibly() {}

    /** Work without a result. */
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    /** Returns once the work is done; the calling thread's mark of an interrupt stays for later. */
    public static void run(Work work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    /**
     * The same for work that has a result.
     *
     * @throws RuntimeException what the work throws
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
