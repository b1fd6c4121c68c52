package io.github.claudefleet.mojo;

import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.console.ShutdownStep;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has the goal of the current thread end in good order where Maven is told to end: it is interrupted, and the JVM waits until it has
 * taken back what it made.
 */
final class GoalCancellation implements Shutdown.Part {

    /** The auth container may be at a refresh, for which it gets 90 s. */
    private static final Duration LIMIT = Duration.ofSeconds(100);
    /** To write what is known. */
    private static final Duration SHORT_LIMIT = Duration.ofSeconds(20);

    private final Thread goal = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final FleetLog log;
    private final ShutdownStep thing;

    private GoalCancellation(FleetLog log, ShutdownStep thing) {
        this.log = log;
        this.thing = thing;
    }

    /**
     * From now on until its end.
     *
     * @param thing what the goal does once it is interrupted
     */
    static GoalCancellation guard(FleetLog log, ShutdownStep thing) {
        GoalCancellation cancel = new GoalCancellation(log, thing);
        Shutdown.add(cancel);
        return cancel;
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
        return thing == ShutdownStep.TAKE_BACK ? LIMIT : SHORT_LIMIT;
    }

    @Override
    public ShutdownStep thing() {
        return thing;
    }

    @Override
    public void tell(List<ShutdownStep> things, Duration atMost) {
        log.cancelled(things, atMost);
    }

    @Override
    public void run() {
        goal.interrupt();
        try {
            over.await(atMost().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
