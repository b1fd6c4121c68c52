package io.github.claudefleet.auth;

import io.github.claudefleet.spec.SignInSpec;
import io.github.claudefleet.spec.Unattended;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Gets a person to sign in: at this terminal if somebody can be asked, or else at any other. Ends a sign-in that it
 * began, unless that is to be left waiting.
 */
final class SignInFlow implements AutoCloseable {

    /** Result of a sign-in. */
    enum Outcome {
        SIGNED_IN,
        /** Not signed in; another try is possible at once. */
        TRY_AGAIN,
        /** Not signed in; wait before another try. */
        WAIT
    }

    /** Extra time for the CLI to process a code that came just before the limit. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final SignInSession session;
    private final SignInSpec spec;
    private final Terminal terminal;
    private final LoginListener listener;
    private final InstantSource clock;
    private boolean begun;
    private String told = "";

    SignInFlow(SignInSession session, SignInSpec spec, LoginContext loginContext, LoginListener listener) {
        this.session = session;
        this.spec = spec;
        this.terminal = loginContext.terminal();
        this.listener = listener;
        this.clock = loginContext.clock();
    }

    /**
     * @param left remaining time that the goal waits for a login
     * @throws SignInPendingException if the sign-in is left waiting for its code
     */
    Outcome signIn(Duration left) throws InterruptedException {
        boolean attended = terminal.canAsk();
        if (!attended && somebodyDid()) {
            listener.signedIn();
            return Outcome.SIGNED_IN;
        }
        boolean leave = !attended && spec.unattended() == Unattended.FAIL;
        begun = true;
        SignInStatus view = session.open(leave ? spec.timeout() : left.plus(MARGIN), spec.arguments());
        if (!view.waits() || view.address().isEmpty()) {
            listener.signInRefused("claude auth login showed no address: " + view.lastWords());
            return Outcome.WAIT;
        }
        return attended ? attended(view.address().get(), left) : unattended(view, left);
    }

    /** Ends a sign-in that was begun here and not left waiting, also if the thread is interrupted. */
    @Override
    public void close() {
        if (begun) {
            begun = false;
            session.end();
        }
    }

    private Outcome attended(String address, Duration left) throws InterruptedException {
        SignIn.Result result = new SignIn(session, terminal, clock).run(address, left);
        switch (result.ending()) {
            case SUCCEEDED -> {
                listener.signedIn();
                return Outcome.SIGNED_IN;
            }
            case NO_CODE -> {
                return terminal.canAsk() ? Outcome.WAIT : Outcome.TRY_AGAIN;
            }
            default -> {
                listener.signInRefused(result.text());
                return Outcome.TRY_AGAIN;
            }
        }
    }

    private Outcome unattended(SignInStatus view, Duration left) {
        String address = view.address().orElseThrow();
        boolean leave = spec.unattended() == Unattended.FAIL;
        Duration time = leave || view.left().compareTo(left) < 0 ? view.left() : left;
        if (!address.equals(told)) {
            listener.signInWaits(address, SignInPendingException.COMMAND, time);
            told = address;
        }
        if (leave) {
            begun = false;
            throw new SignInPendingException(address, time);
        }
        return Outcome.WAIT;
    }

    /** Checks whether the sign-in that was shown here has been completed elsewhere. */
    private boolean somebodyDid() {
        boolean did = !told.isEmpty() && session.look().succeeded();
        told = did ? "" : told;
        return did;
    }
}
