package io.github.claudefleet.workspace;

/** What git could not do, in its own words. */
public final class GitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GitException(String message, Throwable cause) {
        super(message, cause);
    }
}
