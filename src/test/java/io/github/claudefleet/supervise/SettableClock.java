package io.github.claudefleet.supervise;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Clock that a test moves. Who pauses sleeps until it has been moved far enough. */
final class SettableClock implements InstantSource {

    static final Instant BEGIN = Instant.parse("2026-11-24T08:00:00Z");

    private final List<Instant> alarms = new ArrayList<>();
    private Instant now = BEGIN;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
        notifyAll();
    }

    /** Implements {@link Scheduling.Pause}. */
    synchronized void sleep(Duration duration) throws InterruptedException {
        Instant alarm = now.plus(duration);
        alarms.add(alarm);
        try {
            while (now.isBefore(alarm)) {
                wait();
            }
        } finally {
            alarms.remove(alarm);
        }
    }

    /** Returns the number of threads that sleep and have no reason to wake up. */
    synchronized int sleeping() {
        return (int) alarms.stream().filter(now::isBefore).count();
    }
}
