package io.github.claudefleet.standin;

import java.util.Map;
import java.util.Set;

/**
 * Service of the model: messages and greetings. An unknown request is answered with 404.
 *
 * @param messages endpoint of the requests below {@link #MESSAGES}
 */
record ModelService(Endpoint messages) implements Endpoint {
    static final String MESSAGES = "/v1/messages";

    /** Without an answer to these, the CLI's first interactive start ends with "Unable to connect". */
    private static final Set<String> GREETINGS = Set.of("/api/hello", "/v1/oauth/hello");

    @Override
    public Reply answer(Request request) {
        if (request.method().equals("HEAD")) {
            return Reply.empty(200);
        }
        if (request.method().equals("GET") && GREETINGS.contains(request.path())) {
            return Reply.json(200, Map.of("message", "hello"));
        }
        return request.method().equals("POST") && request.path().startsWith(MESSAGES)
                ? messages.answer(request)
                : Reply.error(404, "not_found_error", "Not found");
    }
}
