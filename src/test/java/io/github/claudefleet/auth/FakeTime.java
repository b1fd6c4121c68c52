package io.github.claudefleet.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when somebody waits for it, and then at once. */
final class FakeTime implements InstantSource {

    static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = BEGIN;
    private Runnable meanwhile = () -> {};

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets time pass. */
    void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** What {@link LoginContext.Pause} asks for. */
    void sleep(Duration duration) {
        pauses.add(duration);
        pass(duration);
        meanwhile.run();
    }

    /** Something that happens during each pause. */
    void meanwhile(Runnable happening) {
        meanwhile = happening;
    }

    /** The pauses so far. */
    List<Duration> pauses() {
        return pauses;
    }

    /** How long it has been. */
    Duration passed() {
        return Duration.between(BEGIN, now);
    }
}
