package io.github.claudefleet.transfer;

import io.github.claudefleet.workspace.GitException;

/** Loss of a volume together with the container that used it. This machine has what was fetched last. */
public final class LostWorkspaceException extends GitException {

    private static final long serialVersionUID = 1L;

    LostWorkspaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
