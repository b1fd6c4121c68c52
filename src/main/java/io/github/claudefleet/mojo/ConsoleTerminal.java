package io.github.claudefleet.mojo;

import io.github.claudefleet.auth.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Maven's console. Bypasses Maven's log, because Maven 4 holds back text without a line end, and an address must not be
 * broken or prefixed.
 */
final class ConsoleTerminal implements Terminal {

    private final boolean interactive;
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final Optional<Browser> browser;

    /** @param interactive false in batch mode, which has no input */
    ConsoleTerminal(boolean interactive, Optional<Browser> browser) {
        this.interactive = interactive;
        this.browser = browser;
    }

    @Override
    public boolean canAsk() throws InterruptedException {
        return interactive && !StandardInput.INSTANCE.hasEnded();
    }

    @Override
    public void show(String text) {
        System.out.flush();
        out.println("\n" + text);
    }

    @Override
    public Optional<String> ask(String prompt, Duration limit) throws InterruptedException {
        out.print(prompt);
        out.flush();
        Optional<String> answer = StandardInput.INSTANCE.readLine(limit);
        out.println();
        return answer;
    }

    @Override
    public boolean hasBrowser() {
        return browser.isPresent();
    }

    @Override
    public Optional<String> browse(String address) throws InterruptedException {
        return browser.isPresent() ? browser.get().open(address) : Optional.of("there is none");
    }
}
