package io.github.claudefleet.engine;

/** Takes what the engine says while it builds or pulls. */
@FunctionalInterface
public interface ProgressSink {

    /** @param text one line */
    void progress(String text);
}
