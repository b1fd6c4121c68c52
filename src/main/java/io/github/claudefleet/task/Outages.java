package io.github.claudefleet.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When the engine was away. One that is restarted ends its containers first (unless it has live-restore), so that runs end without
 * anything of theirs having failed; it takes a moment until its own end is noticed.
 */
final class Outages {

    /** What an engine takes at most to end its containers before it ends itself, and then to be missed. */
    static final Duration NOTICED_AFTER = Duration.ofSeconds(20);
    /** Until all is read that was printed before. */
    private static final Duration READ_AFTER = Duration.ofSeconds(60);

    private record Outage(Instant from, Optional<Instant> until) {}

    private final List<Outage> outages = new ArrayList<>();

    void begin(Instant from) {
        outages.add(new Outage(from, Optional.empty()));
    }

    void end(Instant now) {
        if (isUnderWay()) {
            Outage last = outages.remove(outages.size() - 1);
            outages.add(new Outage(last.from(), Optional.of(now)));
        }
    }

    boolean isUnderWay() {
        return !outages.isEmpty() && outages.get(outages.size() - 1).until().isEmpty();
    }

    /** Whether what was heard then may well be the engine's doing. */
    boolean explain(Instant heard) {
        return outages.stream()
                .anyMatch(outage -> !heard.isBefore(outage.from().minus(NOTICED_AFTER))
                        && outage.until()
                                .map(until -> !heard.isAfter(until.plus(READ_AFTER)))
                                .orElse(true));
    }
}
