package io.github.claudefleet.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Output of a fake engine's containers, with the streams that are open. Lines reach a stream as they are printed. */
final class FakeLogs {

    private record Line(boolean isError, String text) {

        void sendTo(LineSink sink) {
            if (isError) {
                sink.errorLine(text);
            } else {
                sink.line(text);
            }
        }
    }

    private final Map<String, List<Line>> printed = new HashMap<>();
    private final Set<Stream> open = new LinkedHashSet<>();

    synchronized void print(String containerId, boolean error, List<String> lines) {
        for (String text : lines) {
            Line line = new Line(error, text);
            linesOf(containerId).add(line);
            open.stream()
                    .filter(stream -> stream.reads(containerId) && !stream.isOver())
                    .forEach(stream -> stream.send(line));
        }
    }

    /**
     * Opens a stream of a container's output.
     *
     * @param ended check for the end of the container
     */
    synchronized LogStream open(LogRequest request, LineSink sink, BooleanSupplier ended) {
        Stream stream = new Stream(request.containerId(), sink, () -> !request.follow() || ended.getAsBoolean());
        List<Line> lines = linesOf(request.containerId());
        int first = Math.max(0, lines.size() - request.tail().orElse(lines.size()));
        lines.subList(first, lines.size()).forEach(stream::send);
        open.add(stream);
        return stream;
    }

    /** Opens a stream without lines that ends only with its connection. */
    synchronized LogStream monitor() {
        Stream stream = new Stream("", line -> {}, () -> false);
        open.add(stream);
        return stream;
    }

    /** Ends the open streams of a container, which may still run. */
    synchronized void cut(String containerId) {
        open.stream().filter(stream -> stream.reads(containerId)).forEach(stream -> stream.isCut = true);
        notifyAll();
    }

    /** Ends all open streams and monitors. */
    synchronized void cutAll() {
        open.forEach(stream -> stream.isCut = true);
        notifyAll();
    }

    /** Makes the readers check whether their containers still run. */
    synchronized void wake() {
        notifyAll();
    }

    /** Returns the number of streams whose reader waits for something that has not happened. */
    synchronized int waiting() {
        return (int) open.stream()
                .filter(stream -> stream.isAwaited && !stream.isOver())
                .count();
    }

    private List<Line> linesOf(String containerId) {
        return printed.computeIfAbsent(containerId, id -> new ArrayList<>());
    }

    private final class Stream implements LogStream {

        private final String containerId;
        private final LineSink sink;
        private final BooleanSupplier ended;
        private boolean isCut;
        private boolean isAwaited;
        private RuntimeException failure;

        Stream(String containerId, LineSink sink, BooleanSupplier ended) {
            this.containerId = containerId;
            this.sink = sink;
            this.ended = ended;
        }

        boolean reads(String id) {
            return containerId.equals(id);
        }

        boolean isOver() {
            return isCut || failure != null || ended.getAsBoolean();
        }

        /** Sends a line. As with a real engine, a failure of the sink ends the stream and is thrown to its reader. */
        void send(Line line) {
            if (failure == null) {
                try {
                    line.sendTo(sink);
                } catch (RuntimeException e) {
                    failure = e;
                    FakeLogs.this.notifyAll();
                }
            }
        }

        @Override
        public boolean awaitEnd(Duration limit) throws InterruptedException {
            long end = System.nanoTime() + limit.toNanos();
            synchronized (FakeLogs.this) {
                isAwaited = true;
                try {
                    for (long left = limit.toMillis();
                            !isOver() && left > 0;
                            left = (end - System.nanoTime()) / 1_000_000) {
                        FakeLogs.this.wait(left);
                    }
                } finally {
                    isAwaited = false;
                }
                if (failure != null) {
                    throw new IllegalStateException("the reader of the lines failed", failure);
                }
                return isOver();
            }
        }

        @Override
        public void close() {
            synchronized (FakeLogs.this) {
                open.remove(this);
            }
        }
    }
}
