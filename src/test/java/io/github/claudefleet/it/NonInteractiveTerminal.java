package io.github.claudefleet.it;

import io.github.claudefleet.auth.Terminal;
import java.time.Duration;
import java.util.Optional;

/** Terminal in batch mode, without a person. */
public final class NonInteractiveTerminal implements Terminal {

    @Override
    public boolean canAsk() {
        return false;
    }

    @Override
    public void show(String text) {
        throw new AssertionError("nobody is there to see: " + text);
    }

    @Override
    public boolean hasBrowser() {
        return false;
    }

    @Override
    public Optional<String> browse(String address) {
        throw new AssertionError("nobody is there to see: " + address);
    }

    @Override
    public Optional<String> ask(String prompt, Duration limit) {
        throw new AssertionError("nobody is there to answer: " + prompt);
    }
}
