package io.github.claudefleet.standin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request, with its whole body.
 *
 * @param client client's address
 * @param query decoded query parameters
 * @param credential credential in the headers
 */
record Request(
        String client,
        String method,
        String host,
        String path,
        Map<String, String> query,
        Credential credential,
        String body) {

    static Request read(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        return new Request(
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                exchange.getRequestMethod(),
                Optional.ofNullable(headers.getFirst("Host")).orElse(""),
                exchange.getRequestURI().getPath(),
                parameters(exchange.getRequestURI().getRawQuery()),
                credentialIn(headers),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    boolean is(String wantedMethod, String wantedPath) {
        return method.equals(wantedMethod) && path.equals(wantedPath);
    }

    /**
     * Returns the body as JSON.
     *
     * @throws IllegalArgumentException if it is not a JSON object
     */
    JsonObject json() {
        return JsonObject.parse(body);
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

    private static Credential credentialIn(Headers headers) {
        String authorization = headers.getFirst("Authorization");
        boolean bearer = authorization != null && authorization.startsWith("Bearer ");
        return Credential.parse(bearer ? authorization.substring("Bearer ".length()) : headers.getFirst("x-api-key"));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
