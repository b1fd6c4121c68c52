package io.github.claudefleet.engine;

import java.util.Optional;

/** Call to the engine that failed. The message names the call, its target and the engine's answer. */
public class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Kind of failure, for callers that can handle it. */
    public enum Kind {
        /** No engine answers. */
        UNREACHABLE,
        /** The target does not exist. */
        NOT_FOUND,
        /** The target exists already, or is in a state that forbids the call. */
        CONFLICT,
        /** The engine refused the call, or failed. */
        FAILED,
        /** No answer within the call's limit. */
        TIMED_OUT
    }

    private final Kind kind;
    private final String suggestion;

    /**
     * @param kind kind of failure
     * @param call operation and target, such as {@code create container claude-fleet-shop-tester-1}
     * @param detail error message of the engine
     * @param suggestion next action for the user, a sentence, or empty
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

    /** Returns a copy with a suggestion from a caller that knows the purpose of the call. */
    public EngineException withSuggestion(String text) {
        return new EngineException(this, text);
    }

    /** Returns the kind of failure. */
    public Kind kind() {
        return kind;
    }

    /** Returns the next action for the user, a sentence, if there is one. */
    public Optional<String> suggestion() {
        return suggestion.isEmpty() ? Optional.empty() : Optional.of(suggestion);
    }
}
