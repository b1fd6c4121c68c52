package io.github.claudefleet.engine;

import java.time.Duration;

/** A container's output on its way to a sink. */
public interface LogStream extends AutoCloseable {

    /** Waits for the end of the stream; false when the limit passed before. The end says nothing about the container. */
    boolean awaitEnd(Duration limit) throws InterruptedException;

    /** Ends the stream at once. */
    @Override
    void close();
}
