package io.github.claudefleet.standin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

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
        Request request = read(exchange);
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
            exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : bytes(reply).length);
            if (!bodiless) {
                exchange.getResponseBody().write(bytes(reply));
            }
        }
    }

    private static byte[] bytes(Reply reply) {
        boolean binary = EventStream.CONTENT_TYPE.equals(reply.headers().get("Content-Type"));
        return reply.body().getBytes(binary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static Request read(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        Map<String, String> byName = new TreeMap<>();
        headers.forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new Request(
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                exchange.getRequestMethod(),
                byName.getOrDefault("host", ""),
                exchange.getRequestURI().getPath(),
                parameters(exchange.getRequestURI().getRawQuery()),
                byName,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(String encoded) {
        if (encoded == null || encoded.isEmpty()) {
            return Map.of();
        }
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> decode(pair[0]),
                        pair -> pair.length > 1 ? decode(pair[1]) : "",
                        (first, last) -> last));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
