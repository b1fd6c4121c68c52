package io.github.claudefleet.auth;

import java.time.Duration;
import java.util.Optional;

/** Terminal of the person, if there is one. */
public interface Terminal {

    /** Checks whether input can come at all. */
    boolean canAsk() throws InterruptedException;

    /** Shows lines that must appear unchanged, such as an address to open. */
    void show(String text);

    /**
     * Asks for a line.
     *
     * @return line that was typed; empty if the limit passed or no more input can come
     */
    Optional<String> ask(String prompt, Duration limit) throws InterruptedException;

    /** Checks whether there is a browser to open an address in. */
    boolean hasBrowser();

    /**
     * Opens an address in the person's browser.
     *
     * @return reason why it could not be opened; empty on success
     */
    Optional<String> browse(String address) throws InterruptedException;
}
