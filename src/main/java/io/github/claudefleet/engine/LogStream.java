package io.github.claudefleet.engine;

import java.time.Duration;

/** Running transfer of a container's output to a sink. */
public interface LogStream extends AutoCloseable {

    /** Waits for the end of the stream; false if the limit passes first. The container may still run after the end. */
    boolean awaitEnd(Duration limit) throws InterruptedException;

    /** Closes the stream at once. */
    @Override
    void close();
}
