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

    private final String call;
    private final Errors errors;
    private final Lines lines;

    FollowedLog(String call, Errors errors, LineSink sink) {
        this.call = call;
        this.errors = errors;
        this.lines = new Lines(sink);
    }

    /** What docker-java hands the output to. */
    StreamCallback<Frame> callback() {
        return lines;
    }

    void awaitBegin(Duration limit) throws InterruptedException {
        lines.awaitBegin(limit);
    }

    /** Why the stream ended early, where that was not the reader's doing. */
    Optional<Throwable> engineFailure() {
        Optional<Throwable> failure = lines.failure();
        // Read after the failure: the reader's thread sets the mark before it.
        return lines.sinkFailed ? Optional.empty() : failure;
    }

    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        boolean ended = lines.awaitEnd(limit);
        throwRefusal();
        return ended;
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
        private volatile boolean sinkFailed;

        Lines(LineSink sink) {
            output = new LineSplitter(line -> hand(sink::line, line));
            errors = new LineSplitter(line -> hand(sink::errorLine, line));
        }

        @Override
        void take(Frame frame) {
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
