package io.github.claudefleet.auth;

import io.github.claudefleet.claude.LoginStatus;

/** Carries the last status of a login that was not proved. */
public class AuthFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient LoginStatus verdict;

    /**
     * @param verdict last status
     * @param circumstance preceding event, such as {@code within 5m}; may be empty
     */
    public AuthFailedException(LoginStatus verdict, String circumstance) {
        super("The login was not proved" + (circumstance.isEmpty() ? "" : " " + circumstance) + ": " + verdict.text()
                + ". " + verdict.kind().next());
        this.verdict = verdict;
    }

    /** Returns the last status. */
    public LoginStatus verdict() {
        return verdict;
    }
}
