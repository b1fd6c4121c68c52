package io.github.claudefleet.workspace;

/** Changes that could not be merged. The message gives the reason and the next step. Nothing was lost. */
public final class IntegrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IntegrationException(String message) {
        super(message, null);
    }
}
