package io.github.claudefleet.auth;

import io.github.claudefleet.spec.Durations;
import io.github.claudefleet.spec.Secret;
import io.github.claudefleet.spec.SignInSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Sign-in with a person at the terminal. */
final class SignIn {

    /** Ways in which a sign-in ends. */
    enum Ending {
        SUCCEEDED,
        /** Rejection of the code by the CLI: another try is possible at once. */
        REFUSED,
        /** No address from the CLI. */
        NOT_OFFERED,
        /** No code from the person. */
        NO_CODE
    }

    /** Ending and last message of the CLI; the text never contains the code. */
    record Result(Ending ending, String text) {

        static Result of(SignInStatus view) {
            return new Result(view.succeeded() ? Ending.SUCCEEDED : Ending.REFUSED, view.lastWords());
        }
    }

    private static final int MOST_TRIES = 20;

    private final SignInSession session;
    private final Terminal terminal;
    private final InstantSource clock;

    SignIn(SignInSession session, Terminal terminal, InstantSource clock) {
        this.session = session;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * @param address address of a waiting sign-in
     * @param limit maximum time for the person
     */
    Result run(String address, Duration limit) throws InterruptedException {
        terminal.show("To log the fleet in, open this address in a browser, sign in, and copy the code that it shows"
                + " (" + Durations.toText(limit) + " left):\n\n" + address + "\n"
                + (terminal.hasBrowser() ? "\nPress Enter without a code to open it in your browser.\n" : ""));
        Optional<String> code = askForCode(address, clock.instant().plus(limit));
        return code.isPresent()
                ? Result.of(session.handIn(Secret.of(code.get())))
                : new Result(Ending.NO_CODE, "no code came");
    }

    /** Asks for the code. Reports an incomplete one at once. */
    private Optional<String> askForCode(String address, Instant end) throws InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Duration left = Duration.between(clock.instant(), end);
            Optional<String> code = terminal.ask("Paste the code here: ", left).map(String::strip);
            if (code.isEmpty() || SignInSpec.isCode(code.get())) {
                return code;
            }
            help(code.get(), address);
        }
        return Optional.empty();
    }

    private void help(String typed, String address) throws InterruptedException {
        if (typed.isEmpty() && terminal.hasBrowser()) {
            terminal.browse(address)
                    .ifPresent(problem -> terminal.show(
                            "The browser could not be opened (" + problem + "): open the address yourself."));
        } else {
            terminal.show("That is not the full code: copy all of it, including the # in the middle.");
        }
    }
}
