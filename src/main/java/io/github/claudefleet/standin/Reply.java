package io.github.claudefleet.standin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reply to a request.
 *
 * @param status HTTP status; {@link #NEVER} if nothing is sent and the connection stays open
 * @param body text; binary content has one character for each byte
 * @param delayMillis delay before the reply, in milliseconds
 * @param credential credential of the request if it was not in the headers, else null
 * @param note stand-in's interpretation of the request, for the request log
 */
record Reply(
        int status, Map<String, String> headers, String body, long delayMillis, Credential credential, String note) {
    /** Status of a request that is never answered. */
    static final int NEVER = 0;

    static Reply json(int status, Object value) {
        return text(status, "application/json", Json.write(value));
    }

    static Reply text(int status, String contentType, String body) {
        return new Reply(status, Map.of("Content-Type", contentType), body, 0, null, "");
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), "", 0, null, "");
    }

    static Reply never() {
        return empty(NEVER);
    }

    /** Error in the format of Anthropic's API. */
    static Reply error(int status, String type, String message) {
        return json(
                status,
                Json.object()
                        .with("type", "error")
                        .with("error", Json.object().with("type", type).with("message", message)));
    }

    Reply withHeaders(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, body, delayMillis, credential, note);
    }

    Reply withBody(String other) {
        return new Reply(status, headers, other, delayMillis, credential, note);
    }

    Reply after(long millis) {
        return new Reply(status, headers, body, delayMillis + millis, credential, note);
    }

    Reply madeWith(Credential used) {
        return new Reply(status, headers, body, delayMillis, used, note);
    }

    Reply noted(String remark) {
        return new Reply(status, headers, body, delayMillis, credential, remark);
    }
}
