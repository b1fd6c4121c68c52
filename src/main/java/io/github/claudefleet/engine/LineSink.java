package io.github.claudefleet.engine;

/** Receiver of a container's output. Calls come one line at a time and never concurrently. */
@FunctionalInterface
public interface LineSink {

    /** @param line text without the line terminator */
    void line(String line);

    /** Receives a line of standard error. The default treats it as standard output. */
    default void errorLine(String line) {
        line(line);
    }
}
