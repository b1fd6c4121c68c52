package io.github.claudefleet.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds what comes to a named point until a test says go. It works once: what comes after its opening passes.
 */
public final class Gate {

    /** Where a call is held. */
    enum Place {
        /** The engine has not heard of it. */
        REQUEST,
        /** The engine did it, and who asked does not know. */
        ANSWER,
        /** It is done and answered; whatever is asked next is held. */
        NEXT
    }

    private final Place place;
    private final Calls calls;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile boolean dropping;

    Gate(Place place, Calls calls) {
        this.place = place;
        this.calls = calls;
    }

    /** Waits until a call is there; false when the limit passed before. */
    public boolean awaitReached(Duration limit) throws InterruptedException {
        return reached.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets pass what is held, and all that comes. */
    public void open() {
        opened.countDown();
    }

    /** Cuts the connections of what is held, and lets pass what comes later. */
    public void drop() {
        dropping = true;
        opened.countDown();
    }

    boolean is(Place where, String method, String target) {
        return place == where && opened.getCount() > 0 && calls.include(method, target);
    }

    void reach() {
        reached.countDown();
    }

    /** Whether whatever is asked now has to wait here. */
    boolean isHoldingAll() {
        return place == Place.NEXT && reached.getCount() == 0 && opened.getCount() > 0;
    }

    /** Whether to go on. */
    boolean pass() throws InterruptedException {
        opened.await();
        return !dropping;
    }
}
