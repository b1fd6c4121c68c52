package io.github.claudefleet.engine;

import java.util.Optional;

/** A call to the engine that failed: what was asked, of what, and what the engine answered. */
public class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What sort of failure it was, for those that can do something about it. */
    public enum Kind {
        /** No engine answers. */
        UNREACHABLE,
        /** What was named is not there. */
        NOT_FOUND,
        /** It is there already, or in a state that forbids the call. */
        CONFLICT,
        /** The engine answered and said no, or failed. */
        FAILED,
        /** No answer within the call's limit. */
        TIMED_OUT
    }

    private final Kind kind;
    private final String suggestion;

    /**
     * @param kind what sort of failure
     * @param call what was asked of what, such as {@code create container claude-fleet-shop-tester-1}
     * @param detail the engine's own words
     * @param suggestion what to do next, a sentence, or empty
     * @param cause may be null
     */
    public EngineException(Kind kind, String call, String detail, String suggestion, Throwable cause) {
        super(call + ": " + detail, cause);
        this.kind = kind;
        this.suggestion = suggestion;
    }

    private EngineException(EngineException original, String suggestion) {
        super(original.getMessage(), original);
        this.kind = original.kind;
        this.suggestion = suggestion;
    }

    /** The same with what to do next, said by who knows what the call was for. */
    public EngineException withSuggestion(String text) {
        return new EngineException(this, text);
    }

    /** What sort of failure it was. */
    public Kind kind() {
        return kind;
    }

    /** What to do next, a sentence, where there is something to say. */
    public Optional<String> suggestion() {
        return suggestion.isEmpty() ? Optional.empty() : Optional.of(suggestion);
    }
}
