package io.github.claudefleet.engine;

import java.time.Duration;

/** Commands in running containers, beside their own. Failed calls throw an {@link EngineException}. */
public interface ContainerProcesses {

    /**
     * Runs a command in a running container with an empty standard input and returns its result.
     *
     * @param limit time after which the call fails; the command itself may continue to run
     */
    ExecResult run(ExecRequest request, Duration limit);

    /** Starts a command in a running container for a dialogue through its standard streams. */
    ExecSession open(ExecRequest request);

    /**
     * Starts a command in a running container for a dialogue of any length. Its standard output goes to the sink, line by
     * line, and is no part of {@link ExecSession#output}.
     */
    ExecSession open(ExecRequest request, LineSink output);
}
