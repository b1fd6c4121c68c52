package io.github.claudefleet.engine;

import java.util.OptionalInt;

/**
 * A wish to read what a container printed.
 *
 * @param containerId the container
 * @param follow whether to go on as it prints more, until it ends
 * @param tail how many of the last lines to begin with, or empty for all
 */
public record LogRequest(String containerId, boolean follow, OptionalInt tail) {

    /** All that it printed and prints until it ends. */
    public static LogRequest follow(String containerId) {
        return new LogRequest(containerId, true, OptionalInt.empty());
    }

    /** The last lines of what it printed so far. */
    public static LogRequest last(String containerId, int lines) {
        return new LogRequest(containerId, false, OptionalInt.of(lines));
    }
}
