package io.github.claudefleet.engine;

/** Takes what a container prints, a line at a time and never two at once. */
@FunctionalInterface
public interface LineSink {

    /** @param line without its line end */
    void line(String line);

    /** A line of standard error, which is like any other to who doesn't care. */
    default void errorLine(String line) {
        line(line);
    }
}
