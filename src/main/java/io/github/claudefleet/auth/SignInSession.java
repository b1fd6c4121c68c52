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
 * Sign-in of an auth container, which can have only one. The CLI's {@code auth login} runs on its own, so that one
 * process can show its address and another can submit the code.
 */
public final class SignInSession {

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final AuthContainer container;
    private final String owner = UUID.randomUUID().toString();

    public SignInSession(AuthContainer container) {
        this.container = container;
    }

    /**
     * Begins a sign-in, unless one with the same arguments is waiting.
     *
     * @param limit time after which it ends by itself
     * @param arguments arguments of {@code claude auth login}
     * @return status after it has shown its address, or with the reason why it has not
     */
    SignInStatus open(Duration limit, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(owner, String.valueOf(Math.max(1, limit.toSeconds()))));
        all.addAll(arguments);
        // An interrupted caller ends the new sign-in, and so must wait until that can be found.
        return view(Uninterruptibly.call(() -> container.signIn("open", all.toArray(String[]::new))));
    }

    /** Reads the status of the sign-in. */
    SignInStatus look() {
        return view(container.signIn("look"));
    }

    /** Checks whether a sign-in is waiting for its code. */
    public boolean isWaiting() {
        return look().waits();
    }

    /**
     * Completes the waiting sign-in.
     *
     * @throws InvalidSpecException if none is waiting
     * @throws SignInRefusedException if the CLI rejects the code
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

    /** Returns the exception for a code that comes too early or too late. */
    public static InvalidSpecException nothingWaits(FleetName fleet) {
        return new InvalidSpecException(
                "auth.code",
                "was given, but no sign-in of fleet \"" + fleet + "\" waits for a code (one that did may have ended"
                        + " at its time limit)",
                "Run mvn claude-fleet:auth without a code: it shows an address, where there is a new one.");
    }

    /** Submits a code and waits for the result. The result shows if no sign-in was waiting. */
    SignInStatus handIn(Secret code) throws InterruptedException {
        try (ExecSession session = container.openSignIn("hand")) {
            session.send(code.reveal());
            awaitAnswer(session);
            return SignInStatus.parse(session.output()).without(code);
        }
    }

    /** Ends the sign-in that was begun here, also if the thread is interrupted. Leaves nothing of it behind. */
    void end() {
        Uninterruptibly.run(() -> container.signIn("end", owner));
    }

    /** Waits for the complete status, whose last lines may come a moment after the end of the process. */
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
