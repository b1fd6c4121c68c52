package io.github.claudefleet.workspace;

/** Failure of git, or of the transfer of a workspace, with its own message. */
public class GitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message reason, with what it is about */
    public GitException(String message, Throwable cause) {
        super(message, cause);
    }
}
