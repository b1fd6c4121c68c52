package io.github.claudefleet.engine;

import java.util.OptionalInt;

/**
 * Request to read a container's log.
 *
 * @param containerId id of the container
 * @param follow true to continue with new output until the container exits
 * @param tail number of the last lines to begin with, or empty for all
 */
public record LogRequest(String containerId, boolean follow, OptionalInt tail) {

    /** Returns a request for the whole log, followed until the container exits. */
    public static LogRequest follow(String containerId) {
        return new LogRequest(containerId, true, OptionalInt.empty());
    }

    /** Returns a request for the last lines of the log so far. */
    public static LogRequest last(String containerId, int lines) {
        return new LogRequest(containerId, false, OptionalInt.of(lines));
    }
}
