package io.github.claudefleet.auth;

/** Signals that a submitted code did not complete the sign-in. */
public class SignInRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param words message of the CLI, without the code */
    public SignInRefusedException(String words) {
        super("The sign-in did not succeed: " + words
                + ". Run mvn claude-fleet:auth again: it shows a new address, which has a new code");
    }
}
