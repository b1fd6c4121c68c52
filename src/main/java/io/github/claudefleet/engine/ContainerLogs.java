package io.github.claudefleet.engine;

/** Output of containers, which the engine keeps until their removal. Failed calls throw an {@link EngineException}. */
public interface ContainerLogs {

    /**
     * Sends a container's output to the sink, line by line, until it ends, the request is fulfilled, or it is closed.
     */
    LogStream read(LogRequest request, LineSink sink);
}
