package io.github.claudefleet.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Periods in which the engine was away. An engine that restarts ends its containers first (unless it has live-restore),
 * so that attempts end without a failure of their own. Its absence is noticed a moment later.
 */
final class Outages {

    /** Maximum time for an engine to end its containers and itself, and for its absence to be noticed. */
    static final Duration NOTICED_AFTER = Duration.ofSeconds(20);
    /** Time to read all output that was printed before. */
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

    /** Checks whether the engine may have caused an event that was read then. */
    boolean explain(Instant heard) {
        return outages.stream()
                .anyMatch(outage -> !heard.isBefore(outage.from().minus(NOTICED_AFTER))
                        && outage.until()
                                .map(until -> !heard.isAfter(until.plus(READ_AFTER)))
                                .orElse(true));
    }
}
