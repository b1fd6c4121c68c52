package io.github.claudefleet.auth;

import io.github.claudefleet.spec.Durations;
import java.time.Duration;

/** Signals that a sign-in was deliberately left waiting for its code. Its container must not be rolled back. */
public class SignInPendingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param address address of the sign-in page
     * @param left remaining time of the sign-in
     */
    public SignInPendingException(String address, Duration left) {
        super("A sign-in waits for its code. Open " + address + " in a browser, sign in, and run within "
                + Durations.toText(left) + ": " + COMMAND);
    }

    /** Command that completes a waiting sign-in. */
    public static final String COMMAND = "mvn claude-fleet:auth '-Dclaude-fleet.auth.code=CODE#STATE'";
}
