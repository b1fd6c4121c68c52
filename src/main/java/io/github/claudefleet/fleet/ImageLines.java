package io.github.claudefleet.fleet;

import io.github.claudefleet.console.FleetLog;
import io.github.claudefleet.engine.ProgressSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Logs the engine's progress on an image: each line at debug level, and one line per ten seconds at info level. */
final class ImageLines implements ProgressSink {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final FleetLog log;
    private final InstantSource clock;
    private final String reference;
    private final Instant begin;
    private Instant told;

    /** @param reference name of the image */
    ImageLines(FleetLog log, InstantSource clock, String reference) {
        this.log = log;
        this.clock = clock;
        this.reference = reference;
        this.begin = clock.instant();
        this.told = begin;
    }

    @Override
    public synchronized void progress(String line) {
        Instant now = clock.instant();
        log.imageProgress(line);
        if (now.isAfter(told.plus(BETWEEN_LINES))) {
            told = now;
            log.imageAt(reference, line, Duration.between(begin, now));
        }
    }
}
