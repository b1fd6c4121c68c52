package io.github.claudefleet.faults;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What can go wrong with one call of an engine. */
public enum Fault {
    /** Nobody listens any more, for two seconds: an engine that is started again. */
    REFUSED,
    /** The connection is cut before the engine has heard of the call. */
    RESET_BEFORE,
    /** The engine did it, and the connection is cut instead of an answer. */
    RESET_AFTER,
    /** The engine hears nothing of it, and nothing is answered, ever. */
    STALLED,
    /** The engine did it, and the answer never comes. */
    LOST,
    /** The answer comes in small pieces. */
    SLOW,
    /** The engine did it, and the connection ends in the midst of the answer. */
    CUT,
    /** Not there, says somebody instead of the engine. */
    NOT_FOUND(404, "Not Found"),
    /** In conflict with what is there, says somebody instead of the engine. */
    CONFLICT(409, "Conflict"),
    /** The engine fails at it, and does nothing. */
    BROKEN(500, "Internal Server Error");

    private final int status;
    private final String reason;

    Fault() {
        this(0, "");
    }

    Fault(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** As a document has it. */
    String value() {
        return isAnswer()
                ? String.valueOf(status)
                : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether it is an answer that says no. */
    boolean isAnswer() {
        return status != 0;
    }

    /** The answer, as an engine words it. */
    byte[] answer() {
        String body = "{\"message\":\"injected: %s\"}\n".formatted(reason);
        return ("HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(status, reason, body.length(), body))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
