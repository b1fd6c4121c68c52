package io.github.claudefleet.auth;

import java.time.Duration;
import java.util.Optional;

/** The person at the other end, if there is one. */
public interface Terminal {

    /** Whether input can come at all. */
    boolean canAsk() throws InterruptedException;

    /** Shows lines that must be seen as they are, such as an address to open. */
    void show(String text);

    /**
     * Asks for a line.
     *
     * @return what was typed, or empty when the limit passed or no input can come any more
     */
    Optional<String> ask(String prompt, Duration limit) throws InterruptedException;

    /** Whether there is a browser to open an address in. */
    boolean hasBrowser();

    /**
     * Opens an address in the person's browser.
     *
     * @return why it could not be opened; empty where it was
     */
    Optional<String> browse(String address) throws InterruptedException;
}
