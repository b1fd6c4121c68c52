package io.github.claudefleet.engine;

import java.time.Duration;
import java.util.Optional;

/** Running command in a container, with a dialogue through its standard streams. */
public interface ExecSession extends AutoCloseable {

    /** Returns all output so far, including standard error. */
    String output();

    /** Returns the exit code, once the command has exited. */
    Optional<Integer> exitCode();

    /** Sends a line to the command's standard input. */
    void send(String line);

    /** Waits for new output since the last call or the end of the output; false if the limit passes first. */
    boolean awaitChange(Duration limit) throws InterruptedException;

    /** Closes the session. The command sees the end of its input. */
    @Override
    void close();
}
