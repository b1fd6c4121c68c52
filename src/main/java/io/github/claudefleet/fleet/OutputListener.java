package io.github.claudefleet.fleet;

import java.nio.file.Path;
import java.util.List;

/** Listener to the output that a user asked for: tables, agents' output and files. */
public interface OutputListener {

    /** Reports the lines of a table. */
    default void table(List<String> lines) {}

    /**
     * Reports a line of an agent's output. Calls come from several threads if several agents are followed.
     *
     * @param width length of the longest of the agents' names
     */
    default void agentLine(String agent, int width, String line) {}

    /** Reports that a file was written. */
    default void wrote(Path file) {}
}
