package io.github.claudefleet.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.claudefleet.engine.LineSink;
import io.github.claudefleet.engine.LogStream;
import java.time.Duration;
import java.util.Optional;

/** Container output split into lines, separately for standard output and standard error. */
final class FollowedLog implements LogStream {

    /** Time for output that was printed just before the check to arrive. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    /** Time after which a first answer is overdue. An engine delays its answer only while there is no output. */
    private static final Duration BEGIN = Duration.ofSeconds(5);

    private final String call;
    private final ErrorTranslator errors;
    private final Lines lines;
    private final Lookout lookout;
    private final Duration quiet;
    private long lookedAt = System.nanoTime();

    /** Distinguishes a dead connection from a container without output. */
    @FunctionalInterface
    interface Lookout {
        boolean isDead(OutputTail heard) throws InterruptedException;
    }

    /** @param quiet silence after which the check is made, repeatedly */
    FollowedLog(String call, ErrorTranslator errors, LineSink sink, Lookout lookout, Duration quiet) {
        this.call = call;
        this.errors = errors;
        this.lines = new Lines(sink);
        this.lookout = lookout;
        this.quiet = quiet;
    }

    /** Returns the callback that receives the output from docker-java. */
    StreamCallback<Frame> callback() {
        return lines;
    }

    void awaitBegin(Duration limit) throws InterruptedException {
        lines.awaitBegin(limit);
    }

    /** Returns the reason why there is no output. After a stream has begun, a failure counts as its normal end. */
    Optional<Throwable> engineFailure() {
        Optional<Throwable> failure =
                lines.failure().filter(cause -> cause instanceof DockerException || !lines.hasBegun());
        // Must be read after the failure, as the reader's thread sets it before.
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

    /** Closes a dead stream, so that it ends as if closed by the engine and its reader reopens it. */
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

    /** Throws on a refusal or a failed sink. A lost connection counts as a normal end. */
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

        /** Returns a copy, as the reader's thread continues to write. */
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

        /** Discards an incomplete line after a lost connection. A reader that resumes receives the whole line. */
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
