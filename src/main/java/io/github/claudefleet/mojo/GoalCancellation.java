package io.github.claudefleet.mojo;

import io.github.claudefleet.console.GoalMessages;
import io.github.claudefleet.console.ShutdownStep;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Cancels the current thread's goal when Maven is terminated: interrupts it, and makes the JVM wait until it has rolled
 * back what it created.
 */
final class GoalCancellation implements Shutdown.Part {

    /** Limit for a rollback. The auth container may be in a refresh, which gets 90 s. */
    private static final Duration LIMIT = Duration.ofSeconds(100);
    /** Limit for storing what is known. */
    private static final Duration SHORT_LIMIT = Duration.ofSeconds(20);

    private final Thread goal = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final GoalMessages messages;
    private final ShutdownStep thing;

    private GoalCancellation(GoalMessages messages, ShutdownStep thing) {
        this.messages = messages;
        this.thing = thing;
    }

    /**
     * Guards the current goal until {@link #end} is called.
     *
     * @param thing step that the goal takes once it is interrupted
     */
    static GoalCancellation guard(GoalMessages messages, ShutdownStep thing) {
        GoalCancellation cancel = new GoalCancellation(messages, thing);
        Shutdown.add(cancel);
        return cancel;
    }

    /** Ends the guard, because the goal has ended. */
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
        messages.cancelled(things, atMost);
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
