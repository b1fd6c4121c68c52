package io.github.claudefleet.mojo;

import io.github.claudefleet.report.FleetLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has the goal of the current thread end in good order where Maven is told to end (Ctrl-C, {@code SIGTERM}): it is
 * interrupted, and the JVM waits until it has taken back what it made.
 */
final class CallOff {

    /** The auth container may be at a refresh, for which it gets 90 s. */
    private static final Duration LIMIT = Duration.ofSeconds(100);

    private final Thread goal = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::callOff, "claude-fleet-call-off");
    private final FleetLog log;

    private CallOff(FleetLog log) {
        this.log = log;
    }

    /** From now on until its end. */
    static CallOff guard(FleetLog log) {
        CallOff callOff = new CallOff(log);
        Runtime.getRuntime().addShutdownHook(callOff.hook);
        return callOff;
    }

    /** The goal is over. */
    void end() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook is at work, and has just been told.
        }
    }

    private void callOff() {
        log.calledOff(LIMIT);
        goal.interrupt();
        try {
            over.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
