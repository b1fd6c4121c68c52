package io.github.claudefleet.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;

/** Reads a request, has an endpoint answer it, records both and writes the reply. */
final class Router implements HttpHandler {
    private final Endpoint endpoint;
    private final RequestLog log;
    private final Clock clock;

    Router(Endpoint endpoint, RequestLog log, Clock clock) {
        this.endpoint = endpoint;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long time = clock.millis();
        Request request = Request.read(exchange);
        Reply reply = answer(request);
        RecordedRequest recorded = RecordedRequest.of(time, request, reply);
        log.add(recorded);
        if (request.is("POST", MessagesEndpoint.PATH)) {
            log.addMessage(recorded.account(), request.body());
        }
        if (reply.status() != Reply.NEVER && waited(reply.delayMillis())) {
            write(exchange, request, reply);
        }
        // A request that is never answered keeps its connection open but releases the thread. It ends with the client
        // or the server.
    }

    private Reply answer(Request request) {
        try {
            return endpoint.answer(request);
        } catch (IllegalArgumentException e) {
            return Reply.error(400, "invalid_request_error", String.valueOf(e.getMessage()));
        }
    }

    private static boolean waited(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void write(HttpExchange exchange, Request request, Reply reply) throws IOException {
        try (exchange) {
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            // Without this header the CLI (2.1.330) doubts that Anthropic answered, and reports a logout as
            // unconfirmed.
            exchange.getResponseHeaders().set("request-id", "req_" + UUID.randomUUID());
            boolean bodiless = request.method().equals("HEAD") || reply.body().isEmpty();
            exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.bytes().length);
            if (!bodiless) {
                exchange.getResponseBody().write(reply.bytes());
            }
        }
    }
}
