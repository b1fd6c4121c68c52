package io.github.claudefleet.engine;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Request to run a command in a container.
 *
 * @param containerId id of a running container
 * @param command program and arguments; visible in process lists, so without secrets
 * @param environment variables in addition to the container's own
 */
public record ExecRequest(String containerId, List<String> command, SortedMap<String, String> environment) {

    /** Returns a request with only the container's own environment. */
    public static ExecRequest of(String containerId, String... command) {
        return new ExecRequest(containerId, List.of(command), new TreeMap<>());
    }
}
