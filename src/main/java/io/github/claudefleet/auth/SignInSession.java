package io.github.claudefleet.auth;

import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.Uninterruptibly;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The one sign-in that an auth container can have: the CLI's {@code auth login}, which goes on by itself, so that one
 * process may show its address and another one hand in the code.
 */
public final class SignInSession {

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final AuthContainer container;
    private final String owner = UUID.randomUUID().toString();

    public SignInSession(AuthContainer container) {
        this.container = container;
    }

    /**
     * Begins a sign-in, unless one with the same arguments waits already.
     *
     * @param limit after which it ends by itself
     * @param arguments of {@code claude auth login}
     * @return how it is once it has shown its address, or why it hasn't
     */
    SignInStatus open(Duration limit, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(owner, String.valueOf(Math.max(1, limit.toSeconds()))));
        all.addAll(arguments);
        // Who is interrupted now ends what is being begun, and so has to wait until that can be found.
        return view(Uninterruptibly.call(() -> container.signIn("open", all.toArray(String[]::new))));
    }

    /** How it is. */
    SignInStatus look() {
        return view(container.signIn("look"));
    }

    /** Whether a sign-in waits for its code. */
    public boolean isWaiting() {
        return look().waits();
    }

    /**
     * Completes the sign-in that waits.
     *
     * @throws InvalidSpecException if none does
     * @throws SignInRefusedException if the CLI doesn't take the code
     */
    public void complete(Secret code, FleetName fleet) throws InterruptedException {
        if (!look().waits()) {
            throw nothingWaits(fleet);
        }
        SignInStatus view = handIn(code);
        if (!view.succeeded()) {
            throw new SignInRefusedException(view.lastWords());
        }
    }

    /** What to say where a code comes too early or too late. */
    public static InvalidSpecException nothingWaits(FleetName fleet) {
        return new InvalidSpecException(
                "auth.code",
                "was given, but no sign-in of fleet \"" + fleet + "\" waits for a code (one that did may have ended"
                        + " at its time limit)",
                "Run mvn claude-fleet:auth without a code: it shows an address, where there is a new one.");
    }

    /** Hands in a code and waits for what comes of it; says so if none waited. */
    SignInStatus handIn(Secret code) throws InterruptedException {
        try (ExecSession session = container.openSignIn("hand")) {
            session.send(code.reveal());
            awaitAnswer(session);
            return SignInStatus.parse(session.output()).without(code);
        }
    }

    /** Ends what was begun here, also where the thread was interrupted; nothing of it stays. */
    void end() {
        Uninterruptibly.run(() -> container.signIn("end", owner));
    }

    /** Its last words may come a moment after its end. */
    private static void awaitAnswer(ExecSession session) throws InterruptedException {
        long end = System.nanoTime() + AuthContainer.SIGN_IN_LIMIT.toNanos();
        boolean ended = false;
        while (!SignInStatus.isWhole(session.output()) && !ended && System.nanoTime() < end) {
            ended = session.exitCode().isPresent();
            session.awaitChange(ended ? LAST_WORDS : AuthContainer.SIGN_IN_LIMIT);
        }
    }

    private static SignInStatus view(ExecResult result) {
        return SignInStatus.parse(result.succeeded() ? result.output() : result.output() + result.errors());
    }
}
