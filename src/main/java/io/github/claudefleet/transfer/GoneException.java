package io.github.claudefleet.transfer;

import io.github.claudefleet.engine.EngineException;

/** Loss of a volume together with the container that used it. */
final class GoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GoneException(EngineException cause) {
        super(cause.getMessage(), cause);
    }
}
