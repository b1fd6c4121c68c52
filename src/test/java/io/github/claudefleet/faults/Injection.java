package io.github.claudefleet.faults;

/** Fault for matching calls: for all of them, unless restricted. */
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

    /** Lets this number of calls through first. */
    public synchronized Injection after(int count) {
        spared = count;
        return this;
    }

    /** Lets all calls through after this number of faults. */
    public synchronized Injection times(int count) {
        most = count;
        return this;
    }

    /** Returns the number of calls that it has affected. */
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
