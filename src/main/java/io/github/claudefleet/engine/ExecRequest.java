package io.github.claudefleet.engine;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A command to run in a container.
 *
 * @param containerId a running container
 * @param command program and arguments; they show in process lists, so nothing secret
 * @param environment added to the container's own
 */
public record ExecRequest(String containerId, List<String> command, SortedMap<String, String> environment) {

    /** A command with the container's own environment. */
    public static ExecRequest of(String containerId, String... command) {
        return new ExecRequest(containerId, List.of(command), new TreeMap<>());
    }
}
