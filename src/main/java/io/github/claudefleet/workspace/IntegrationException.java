package io.github.claudefleet.workspace;

/** Changes that could not be taken; says why, and what to do next. Nothing was lost. */
public final class IntegrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IntegrationException(String message) {
        super(message, null);
    }
}
