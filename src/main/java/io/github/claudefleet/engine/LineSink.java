package io.github.claudefleet.engine;

/** Takes what a container prints, a line at a time and never two at once. */
@FunctionalInterface
public interface LineSink {

    /** @param line without its line end */
    void line(String line);
}
