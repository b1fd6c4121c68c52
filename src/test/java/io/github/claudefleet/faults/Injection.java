package io.github.claudefleet.faults;

/** A fault for some of the calls that match: all of them, unless it is told otherwise. */
public final class Injection {

    private final Fault fault;
    private final Calls calls;
    private int spared;
    private int most = Integer.MAX_VALUE;
    private int hits;

    Injection(Fault fault, Calls calls) {
        this.fault = fault;
        this.calls = calls;
    }

    /** Lets that many through first. */
    public synchronized Injection after(int count) {
        spared = count;
        return this;
    }

    /** Lets all through after that many. */
    public synchronized Injection times(int count) {
        most = count;
        return this;
    }

    /** How many calls it has hit. */
    public synchronized int hits() {
        return hits;
    }

    Fault fault() {
        return fault;
    }

    synchronized boolean hits(String method, String target) {
        if (!calls.include(method, target) || hits >= most) {
            return false;
        }
        if (spared > 0) {
            spared--;
            return false;
        }
        hits++;
        return true;
    }
}
