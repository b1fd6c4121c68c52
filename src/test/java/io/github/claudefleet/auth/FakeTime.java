package io.github.claudefleet.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Clock whose time passes only in waits, and then at once. */
final class FakeTime implements InstantSource {

    static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = BEGIN;
    private Runnable meanwhile = () -> {};

    @Override
    public Instant instant() {
        return now;
    }

    /** Advances the clock. */
    void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** Implements {@link LoginContext.Pause}. */
    void sleep(Duration duration) {
        pauses.add(duration);
        pass(duration);
        meanwhile.run();
    }

    /** Sets an action that runs during each pause. */
    void meanwhile(Runnable happening) {
        meanwhile = happening;
    }

    /** Pauses so far. */
    List<Duration> pauses() {
        return pauses;
    }

    /** Time since the beginning. */
    Duration passed() {
        return Duration.between(BEGIN, now);
    }
}
