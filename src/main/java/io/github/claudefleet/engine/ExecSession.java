package io.github.claudefleet.engine;

import java.time.Duration;
import java.util.Optional;

/** A command in a container that is being talked to. */
public interface ExecSession extends AutoCloseable {

    /** Everything that it printed so far, standard error included. */
    String output();

    /** Its exit status, once it has ended. */
    Optional<Integer> exitCode();

    /** Hands a line to its standard input. */
    void send(String line);

    /** Waits until it printed something since the last call or ended; false when the limit passed without either. */
    boolean awaitChange(Duration limit) throws InterruptedException;

    /** Ends the conversation; the command sees the end of its input. */
    @Override
    void close();
}
