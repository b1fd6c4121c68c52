package io.github.claudefleet.faults;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Fault of one call to an engine. */
public enum Fault {
    /** Nothing listens for two seconds, as when an engine restarts. */
    REFUSED,
    /** The connection is closed before the engine receives the call. */
    RESET_BEFORE,
    /** The engine executes the call, and the connection is closed without an answer. */
    RESET_AFTER,
    /** The engine never receives the call, and the client never gets an answer. */
    STALLED,
    /** The engine executes the call, and the answer never arrives. */
    LOST,
    /** The answer arrives slowly, in small pieces. */
    SLOW,
    /** The engine executes the call, and the connection is closed in the middle of the answer. */
    CUT,
    /** The proxy answers "not found" in place of the engine. */
    NOT_FOUND(404, "Not Found"),
    /** The proxy answers "conflict" in place of the engine. */
    CONFLICT(409, "Conflict"),
    /** The proxy answers "internal server error" in place of the engine, which does nothing. */
    BROKEN(500, "Internal Server Error"),
    /** The proxy answers "too many requests" in place of a cluster, which does nothing. */
    BUSY(429, "Too Many Requests"),
    /** The proxy answers "forbidden" in place of a cluster, which does nothing. */
    FORBIDDEN(403, "Forbidden");

    /** Answers that only clusters give. */
    private static final Set<Fault> OF_CLUSTERS = EnumSet.of(BUSY, FORBIDDEN);

    /** Returns the faults of the document, in the order of its columns. */
    static List<Fault> ofEngines() {
        return Arrays.stream(values())
                .filter(fault -> !OF_CLUSTERS.contains(fault))
                .toList();
    }

    private final int status;
    private final String reason;

    Fault() {
        this(0, "");
    }

    Fault(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** Name in the document. */
    String value() {
        return isAnswer()
                ? String.valueOf(status)
                : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns true if the fault is an error response. */
    boolean isAnswer() {
        return status != 0;
    }

    /** Returns the error response in an engine's format. */
    byte[] answer() {
        String body = "{\"message\":\"injected: %s\"}\n".formatted(reason);
        return ("HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(status, reason, body.length(), body))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
