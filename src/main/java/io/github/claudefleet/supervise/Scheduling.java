package io.github.claudefleet.supervise;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads and pauses of a supervisor, which tests replace.
 *
 * @param threads threads for calls that block; the supervisor shuts them down at its end
 * @param pause way to wait between two looks
 * @param tick maximum time between two decisions
 */
record Scheduling(ExecutorService threads, Pause pause, Duration tick) {

    private static final Duration TICK = Duration.ofMillis(250);

    /** Waits; a test moves its clock instead. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Creates daemon threads that pause in real time. */
    static Scheduling system() {
        return new Scheduling(
                Executors.newCachedThreadPool(Scheduling::daemon), duration -> Thread.sleep(duration.toMillis()), TICK);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "claude-fleet-follow");
        thread.setDaemon(true);
        return thread;
    }
}
