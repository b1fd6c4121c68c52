package io.github.claudefleet.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.claudefleet.engine.LineSink;
import io.github.claudefleet.engine.LogStream;
import java.time.Duration;
import java.util.Optional;

/** A container's output as lines, those of standard output and of standard error each whole. */
final class FollowedLog implements LogStream {

    /** What was printed just before the lookout saw it. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    /** An engine holds its answer back only where there is nothing to read yet. */
    private static final Duration BEGIN = Duration.ofSeconds(5);

    private final String call;
    private final ErrorTranslator errors;
    private final Lines lines;
    private final Lookout lookout;
    private final Duration quiet;
    private long lookedAt = System.nanoTime();

    /** Tells a connection that is dead from a container that has nothing to say. */
    @FunctionalInterface
    interface Lookout {
        boolean isDead(OutputTail heard) throws InterruptedException;
    }

    /** @param quiet how long nothing is heard until the lookout is asked, again and again */
    FollowedLog(String call, ErrorTranslator errors, LineSink sink, Lookout lookout, Duration quiet) {
        this.call = call;
        this.errors = errors;
        this.lines = new Lines(sink);
        this.lookout = lookout;
        this.quiet = quiet;
    }

    /** What docker-java hands the output to. */
    StreamCallback<Frame> callback() {
        return lines;
    }

    void awaitBegin(Duration limit) throws InterruptedException {
        lines.awaitBegin(limit);
    }

    /** Why there is nothing to read: what ends a stream that has begun is no more than an end. */
    Optional<Throwable> engineFailure() {
        Optional<Throwable> failure =
                lines.failure().filter(cause -> cause instanceof DockerException || !lines.hasBegun());
        // Read after the failure: the reader's thread sets the mark before it.
        return lines.sinkFailed ? Optional.empty() : failure;
    }

    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        boolean ended;
        do {
            ended = lines.awaitEnd(Duration.ofNanos(Math.min(left, Math.min(quiet.toNanos(), BEGIN.toNanos()))))
                    || isFoundDead();
            left = end - System.nanoTime();
        } while (!ended && left > 0);
        throwRefusal();
        return ended;
    }

    /** Ends a stream on which nothing will come any more, as its other end would have: who reads it takes it up again. */
    private boolean isFoundDead() throws InterruptedException {
        Duration patience = lines.hasBegun() || quiet.compareTo(BEGIN) < 0 ? quiet : BEGIN;
        boolean due = System.nanoTime() - lookedAt > patience.toNanos() && lines.isQuiet(patience);
        if (!due) {
            return false;
        }
        lookedAt = System.nanoTime();
        boolean dead = lookout.isDead(lines.last()) && !lines.awaitEnd(ON_ITS_WAY) && lines.isQuiet(patience);
        if (dead) {
            lines.close();
        }
        return dead || lines.hasEnded();
    }

    @Override
    public void close() {
        lines.close();
    }

    /** Throws where the engine said no or the sink failed; a lost connection is an end like any other. */
    private void throwRefusal() {
        Optional<Throwable> failure = lines.failure();
        if (failure.isPresent() && lines.sinkFailed) {
            throw new IllegalStateException(call + ": the reader of the lines failed", failure.get());
        }
        if (failure.isPresent() && failure.get() instanceof DockerException) {
            throw errors.translate(call, failure.get());
        }
    }

    private static final class Lines extends StreamCallback<Frame> {

        private final LineSplitter output;
        private final LineSplitter errors;
        private final OutputTail last = new OutputTail();
        private volatile boolean sinkFailed;

        Lines(LineSink sink) {
            output = new LineSplitter(line -> hand(sink::line, line));
            errors = new LineSplitter(line -> hand(sink::errorLine, line));
        }

        boolean isQuiet(Duration limit) {
            return silence().compareTo(limit) >= 0;
        }

        /** As it is now: the reader's thread goes on. */
        OutputTail last() {
            synchronized (last) {
                return last.copy();
            }
        }

        @Override
        void take(Frame frame) {
            synchronized (last) {
                last.write(frame.getPayload());
            }
            (frame.getStreamType() == StreamType.STDERR ? errors : output).write(frame.getPayload());
        }

        /** What a lost connection leaves of a line is not the line: who reads on gets it whole. */
        @Override
        void finish() {
            if (failure().isEmpty()) {
                output.finish();
                errors.finish();
            }
        }

        private void hand(LineSink sink, String line) {
            try {
                sink.line(line);
            } catch (RuntimeException | Error e) {
                sinkFailed = true;
                throw e;
            }
        }
    }
}
