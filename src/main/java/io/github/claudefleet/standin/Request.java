package io.github.claudefleet.standin;

import java.util.Map;

/**
 * One request, with its whole body.
 *
 * @param client client's address; empty if it is not known
 * @param query decoded query parameters
 * @param headers headers by their names in lower case
 */
record Request(
        String client,
        String method,
        String host,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String body) {

    boolean is(String wantedMethod, String wantedPath) {
        return method.equals(wantedMethod) && path.equals(wantedPath);
    }

    /** Returns the CLI's session, which identifies the process; empty if the client is not the CLI. */
    String session() {
        return headers.getOrDefault("x-claude-code-session-id", "");
    }

    /** Returns the credential in the headers. */
    Credential credential() {
        String authorization = headers.getOrDefault("authorization", "");
        return Credential.parse(
                authorization.startsWith("Bearer ")
                        ? authorization.substring("Bearer ".length())
                        : headers.get("x-api-key"));
    }

    /**
     * Returns the body as JSON.
     *
     * @throws IllegalArgumentException if it is not a JSON object
     */
    JsonObject json() {
        return JsonObject.parse(body);
    }
}
