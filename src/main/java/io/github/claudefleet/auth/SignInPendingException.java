package io.github.claudefleet.auth;

import io.github.claudefleet.spec.Durations;
import java.time.Duration;

/** A sign-in was left waiting for its code, on purpose: what it waits in must not be taken back. */
public class SignInPendingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param address where to sign in
     * @param left how long the sign-in waits
     */
    public SignInPendingException(String address, Duration left) {
        super("A sign-in waits for its code. Open " + address + " in a browser, sign in, and run within "
                + Durations.toText(left) + ": " + COMMAND);
    }

    /** What completes a sign-in that waits. */
    public static final String COMMAND = "mvn claude-fleet:auth '-Dclaude-fleet.auth.code=CODE#STATE'";
}
