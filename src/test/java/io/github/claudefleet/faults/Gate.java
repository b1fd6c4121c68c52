package io.github.claudefleet.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds calls at a certain point until a test opens it. It works once: after it is opened, all calls pass. */
public final class Gate {

    /** Point at which a call is held. */
    enum Place {
        /** Before the engine receives the call. */
        REQUEST,
        /** After the engine has executed the call, before the client gets the answer. */
        ANSWER,
        /** After the call is executed and answered; all further calls are held. */
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

    /** Waits until a call is held; returns false if the limit passed before. */
    public boolean awaitReached(Duration limit) throws InterruptedException {
        return reached.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets the held calls and all further calls pass. */
    public void open() {
        opened.countDown();
    }

    /** Closes the connections of the held calls, and lets later calls pass. */
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

    /** Returns true if all new calls have to wait here. */
    boolean isHoldingAll() {
        return place == Place.NEXT && reached.getCount() == 0 && opened.getCount() > 0;
    }

    /**
     * Waits until the gate is opened.
     *
     * @return false if the call is to be dropped
     */
    boolean pass() throws InterruptedException {
        opened.await();
        return !dropping;
    }
}
