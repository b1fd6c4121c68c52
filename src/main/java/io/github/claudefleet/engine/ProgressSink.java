package io.github.claudefleet.engine;

/** Receiver of the engine's progress messages during a build or pull. */
@FunctionalInterface
public interface ProgressSink {

    /** @param text one line */
    void progress(String text);
}
