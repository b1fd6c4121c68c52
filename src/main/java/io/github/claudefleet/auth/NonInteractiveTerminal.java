package io.github.claudefleet.auth;

import java.time.Duration;
import java.util.Optional;

/** Terminal of a process without a user. */
final class NonInteractiveTerminal implements Terminal {

    @Override
    public boolean canAsk() {
        return false;
    }

    @Override
    public void show(String text) {}

    @Override
    public Optional<String> ask(String prompt, Duration limit) {
        return Optional.empty();
    }

    @Override
    public boolean hasBrowser() {
        return false;
    }

    @Override
    public Optional<String> browse(String address) {
        return Optional.of("there is none");
    }
}
