package io.github.claudefleet.claude;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ids of a span and of its trace, as W3C's trace context defines them. An attempt has them if its fleet is traced.
 *
 * @param trace 32 hexadecimal digits
 * @param span 16 hexadecimal digits
 */
public record SpanContext(String trace, String span) {

    private static final Pattern TRACE = Pattern.compile("(?!0+$)[0-9a-f]{32}");
    private static final Pattern SPAN = Pattern.compile("(?!0+$)[0-9a-f]{16}");

    /** Returns the ids; empty if one of them is none. An agent can print any text in their place. */
    static Optional<SpanContext> of(String trace, String span) {
        return TRACE.matcher(trace).matches() && SPAN.matcher(span).matches()
                ? Optional.of(new SpanContext(trace, span))
                : Optional.empty();
    }
}
