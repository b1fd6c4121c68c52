package io.github.claudefleet.fleet;

import io.github.claudefleet.engine.ProgressSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Reports the engine's progress on an image: each line, and every ten seconds a line with the elapsed time. */
final class ImageLines implements ProgressSink {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final ImageListener listener;
    private final InstantSource clock;
    private final String reference;
    private final Instant begin;
    private Instant told;

    /** @param reference name of the image */
    ImageLines(ImageListener listener, InstantSource clock, String reference) {
        this.listener = listener;
        this.clock = clock;
        this.reference = reference;
        this.begin = clock.instant();
        this.told = begin;
    }

    @Override
    public synchronized void progress(String line) {
        Instant now = clock.instant();
        listener.imageProgress(line);
        if (now.isAfter(told.plus(BETWEEN_LINES))) {
            told = now;
            listener.imageAt(reference, line, Duration.between(begin, now));
        }
    }
}
