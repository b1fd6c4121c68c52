package io.github.claudefleet.auth;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** User who types the lines of a test and then leaves: the input is at its end. */
final class FakePerson implements Terminal {

    private final Deque<String> lines = new ArrayDeque<>();
    private final List<String> shown = new ArrayList<>();
    private final List<String> browsed = new ArrayList<>();
    private Optional<Optional<String>> browser = Optional.empty();
    private boolean present;

    /** Nobody at the terminal, as in batch mode. */
    static FakePerson nonInteractive() {
        return new FakePerson();
    }

    static FakePerson whoTypes(String... lines) {
        FakePerson person = new FakePerson();
        person.lines.addAll(List.of(lines));
        person.present = true;
        return person;
    }

    /** Adds a browser, which opens addresses or fails with the given problem. */
    FakePerson withBrowser(Optional<String> problem) {
        browser = Optional.of(problem);
        return this;
    }

    @Override
    public boolean canAsk() {
        return present;
    }

    @Override
    public void show(String text) {
        shown.add(text);
    }

    @Override
    public Optional<String> ask(String prompt, Duration limit) {
        shown.add(prompt);
        present = !lines.isEmpty();
        return Optional.ofNullable(lines.poll());
    }

    @Override
    public boolean hasBrowser() {
        return browser.isPresent();
    }

    @Override
    public Optional<String> browse(String address) {
        browsed.add(address);
        return browser.orElseThrow();
    }

    /** Addresses that were opened in the browser. */
    List<String> browsed() {
        return browsed;
    }

    /** All text that was shown to the user. */
    List<String> shown() {
        return shown;
    }
}
