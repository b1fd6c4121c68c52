package io.github.claudefleet.auth;

import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.spec.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sign-in: the CLI's {@code auth login} in the auth container on one side, a person on the other. The process that
 * printed the address must be the one that gets the code.
 */
final class SignIn {

    /** How a sign-in ended. */
    enum Ending {
        SUCCEEDED,
        /** The CLI said no to the code: another try is possible at once. */
        REFUSED,
        /** The CLI ended before it asked for a code. */
        NOT_OFFERED,
        /** No code came. */
        NO_CODE
    }

    /** An ending and what the CLI said last; the text never holds the code. */
    record Result(Ending ending, String text) {}

    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");
    /** The CLI prints the address at once and ends a few seconds after it got a code. */
    private static final Duration CLI_LIMIT = Duration.ofSeconds(60);

    private static final int MOST_TRIES = 20;

    private final AuthContainer container;
    private final Terminal terminal;
    private final InstantSource clock;

    SignIn(AuthContainer container, Terminal terminal, InstantSource clock) {
        this.container = container;
        this.terminal = terminal;
        this.clock = clock;
    }

    Result run(Duration limit) throws InterruptedException {
        try (ExecSession session = container.signIn(limit.plus(CLI_LIMIT))) {
            if (!await(session, output -> output.contains("Paste code"), CLI_LIMIT)) {
                return new Result(Ending.NOT_OFFERED, "claude auth login showed no address: " + lastLine(session));
            }
            show(session.output(), limit);
            Optional<String> code = askForCode(clock.instant().plus(limit));
            return code.isPresent() ? finish(session, code.get()) : new Result(Ending.NO_CODE, "no code came");
        }
    }

    /** The CLI takes nothing without a {@code #} for a code; a person who copied half of it is told at once. */
    private Optional<String> askForCode(Instant end) throws InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Duration left = Duration.between(clock.instant(), end);
            Optional<String> code = terminal.ask("Paste the code here: ", left).map(String::strip);
            if (code.isEmpty() || code.get().contains("#")) {
                return code;
            }
            terminal.show("That is not the full code: copy all of it, including the # in the middle.");
        }
        return Optional.empty();
    }

    private void show(String output, Duration limit) {
        Matcher matcher = ADDRESS.matcher(output);
        String address = matcher.find() ? matcher.group() : output.strip();
        terminal.show("To log the fleet in, open this address in a browser, sign in, and copy the code that it shows"
                + " (" + Durations.toText(limit) + " left):\n\n" + address + "\n");
    }

    private Result finish(ExecSession session, String code) throws InterruptedException {
        int before = session.output().length();
        session.send(code);
        await(session, output -> false, CLI_LIMIT);
        String said = session.output().substring(before).strip();
        boolean succeeded = session.exitCode().equals(Optional.of(0));
        return new Result(succeeded ? Ending.SUCCEEDED : Ending.REFUSED, said.replace(code, "…"));
    }

    /** Waits until the output is as wanted or the process has ended; tells whether the output is as wanted. */
    private boolean await(ExecSession session, Predicate<String> wanted, Duration limit) throws InterruptedException {
        Instant end = clock.instant().plus(limit);
        while (!wanted.test(session.output()) && session.exitCode().isEmpty()) {
            Duration left = Duration.between(clock.instant(), end);
            if (left.isNegative() || left.isZero()) {
                break;
            }
            session.awaitChange(left);
        }
        return wanted.test(session.output());
    }

    private static String lastLine(ExecSession session) {
        return session.output()
                .strip()
                .lines()
                .reduce((first, second) -> second)
                .orElse("it printed nothing");
    }
}
