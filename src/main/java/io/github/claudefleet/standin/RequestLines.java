package io.github.claudefleet.standin;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.LineSink;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Requests as lines of JSON, each of which is answered by a line. Lines without a request are signs of life. */
final class RequestLines implements LineSink, AutoCloseable {
    private static final int THREADS = 2;

    private final Endpoint endpoint;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "claude-fleet-stand-in");
        thread.setDaemon(true);
        return thread;
    });

    private ExecSession conversation;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean heard;

    RequestLines(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Sends the replies to that conversation from now on. A request may have come before. */
    synchronized void replyTo(ExecSession other) {
        conversation = other;
        heardAt = System.nanoTime();
        notifyAll();
    }

    /** Returns the time since the last line. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    /** Returns true if there was a line since the last call. */
    boolean takeSuccess() {
        boolean was = heard;
        heard = false;
        return was;
    }

    @Override
    public void line(String text) {
        heardAt = System.nanoTime();
        heard = true;
        try {
            threads.execute(() -> take(text));
        } catch (RejectedExecutionException e) {
            // Closed meanwhile, so nobody waits for the reply.
            return;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void take(String text) {
        JsonObject line = JsonObject.parse(text);
        if (line.has("id")) {
            Reply reply = answer(requestIn(line));
            threads.schedule(() -> send(line.number("id", 0), reply), reply.delayMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Reply answer(Request request) {
        try {
            return endpoint.answer(request);
        } catch (IllegalArgumentException e) {
            return Reply.error(400, "invalid_request_error", String.valueOf(e.getMessage()));
        }
    }

    private void send(long id, Reply reply) {
        Map<String, String> headers = new TreeMap<>(reply.headers());
        headers.put("request-id", "req_" + UUID.randomUUID());
        String line = Json.write(Json.object()
                .with("id", id)
                .with("status", reply.status())
                .with("headers", headers)
                .with("body", reply.body()));
        try {
            current().send(line);
        } catch (EngineException e) {
            // The connection is lost, and the request with it.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized ExecSession current() throws InterruptedException {
        while (conversation == null) {
            wait();
        }
        return conversation;
    }

    private static Request requestIn(JsonObject line) {
        Map<String, String> headers = new TreeMap<>();
        line.object("headers").members().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        String target = line.text("target");
        return new Request(
                "",
                line.text("method"),
                headers.getOrDefault("host", ""),
                target.split("\\?", 2)[0],
                Map.of(),
                headers,
                line.text("body"));
    }
}
