package io.github.claudefleet.docker;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.LineSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Exec session. Closing its input also closes the connection, as docker-java cannot do the one without the other. So
 * output after {@link #close} is lost.
 */
final class ExecConversation implements ExecSession {

    /** Time that {@link #close} waits for lines that the command has not read. */
    private static final Duration SENDING = Duration.ofSeconds(5);

    private final String call;
    private final Supplier<Optional<Integer>> inspection;
    private final StdinStream input = new StdinStream();
    private final Heard heard;
    private volatile Optional<Integer> exitCode = Optional.empty();

    /**
     * @param call operation and target, for errors
     * @param inspection query of the engine for the exit code
     */
    ExecConversation(String call, Supplier<Optional<Integer>> inspection) {
        this(call, inspection, Optional.empty());
    }

    /** @param output sink of the standard output; empty to collect it */
    ExecConversation(String call, Supplier<Optional<Integer>> inspection, Optional<LineSink> output) {
        this.call = call;
        this.inspection = inspection;
        this.heard = new Heard(output.map(LineSplitter::new));
    }

    StdinStream input() {
        return input;
    }

    StreamCallback<Frame> callback() {
        return heard;
    }

    @Override
    public String output() {
        return heard.text();
    }

    @Override
    public synchronized Optional<Integer> exitCode() {
        if (exitCode.isEmpty()) {
            exitCode = inspection.get();
        }
        return exitCode;
    }

    @Override
    public void send(String line) {
        // The engine reports a command's exit before it closes the connection.
        if (heard.hasEnded() || exitCode.isPresent()) {
            throw new EngineException(Kind.CONFLICT, call, "the conversation is over", "", null);
        }
        input.send(line);
    }

    @Override
    public boolean awaitChange(Duration limit) throws InterruptedException {
        return heard.awaitChange(limit);
    }

    @Override
    public void close() {
        awaitSent();
        heard.close();
        input.close();
        heard.changed();
    }

    /** Waits until pending lines are sent, as closing the connection discards them. */
    private void awaitSent() {
        try {
            if (!heard.hasEnded()) {
                input.awaitSent(SENDING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Heard extends StreamCallback<Frame> {

        /** Maximum length of the text. A dialogue is a few screens; anything beyond is discarded. */
        private static final int MOST = 4 << 20;

        private static final int PAUSE_MILLIS = 100;

        private final Object monitor = new Object();
        private final StringBuilder text = new StringBuilder();
        private final Utf8Pieces output = new Utf8Pieces();
        private final Utf8Pieces errors = new Utf8Pieces();
        private final Optional<LineSplitter> lines;
        private boolean news;

        Heard(Optional<LineSplitter> lines) {
            this.lines = lines;
        }

        @Override
        void take(Frame frame) {
            if (lines.isPresent() && frame.getStreamType() != StreamType.STDERR) {
                lines.get().write(frame.getPayload());
                return;
            }
            Utf8Pieces stream = frame.getStreamType() == StreamType.STDERR ? errors : output;
            String piece = stream.decode(frame.getPayload());
            synchronized (monitor) {
                text.append(piece, 0, Math.min(piece.length(), MOST - text.length()));
            }
            changed();
        }

        @Override
        void finish() {
            lines.ifPresent(LineSplitter::finish);
            input.close();
            changed();
        }

        String text() {
            synchronized (monitor) {
                return text.toString();
            }
        }

        void changed() {
            synchronized (monitor) {
                news = true;
                monitor.notifyAll();
            }
        }

        boolean awaitChange(Duration limit) throws InterruptedException {
            if (hasEnded()) {
                return awaitNothing(limit);
            }
            long deadline = System.nanoTime() + limit.toNanos();
            synchronized (monitor) {
                long left = deadline - System.nanoTime();
                while (!news && !hasEnded() && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(monitor, Math.max(left, 1_000_000));
                    left = deadline - System.nanoTime();
                }
                boolean changed = news || hasEnded();
                news = false;
                return changed;
            }
        }

        /** Slows down calls after the end of the stream, as a caller may poll while the command itself still runs. */
        private boolean awaitNothing(Duration limit) throws InterruptedException {
            if (!takeNews()) {
                Thread.sleep(Math.min(limit.toMillis(), PAUSE_MILLIS));
            }
            return true;
        }

        private boolean takeNews() {
            synchronized (monitor) {
                boolean taken = news;
                news = false;
                return taken;
            }
        }
    }
}
