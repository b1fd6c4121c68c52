package io.github.claudefleet.mojo;

import io.github.claudefleet.report.FleetLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has the goal of the current thread end in good order where Maven is told to end: it is interrupted, and the JVM waits until it has
 * taken back what it made.
 */
final class CallOff implements Shutdown.Part {

    /** The auth container may be at a refresh, for which it gets 90 s. */
    private static final Duration LIMIT = Duration.ofSeconds(100);

    private final Thread goal = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final FleetLog log;

    private CallOff(FleetLog log) {
        this.log = log;
    }

    /** From now on until its end. */
    static CallOff guard(FleetLog log) {
        CallOff callOff = new CallOff(log);
        Shutdown.add(callOff);
        return callOff;
    }

    /** The goal is over. */
    void end() {
        over.countDown();
        Shutdown.remove(this);
    }

    @Override
    public boolean isFirst() {
        return true;
    }

    @Override
    public Duration atMost() {
        return LIMIT;
    }

    @Override
    public void tell(Duration atMost) {
        log.calledOff(atMost);
    }

    @Override
    public void run() {
        goal.interrupt();
        try {
            over.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
