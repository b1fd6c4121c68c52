package io.github.claudefleet.workspace;

/** Changes that could not be taken; says why, and what to do next. Nothing was lost. */
public final class NotTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotTakenException(String message) {
        super(message, null);
    }
}
