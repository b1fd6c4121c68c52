package io.github.claudefleet.auth;

import io.github.claudefleet.claude.LoginStatus;

/** The login never worked: carries the last verdict. */
public class AuthFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient LoginStatus verdict;

    /**
     * @param verdict the last one
     * @param circumstance what went before, such as {@code within 5m}; may be empty
     */
    public AuthFailedException(LoginStatus verdict, String circumstance) {
        super("The login was not proved" + (circumstance.isEmpty() ? "" : " " + circumstance) + ": " + verdict.text()
                + ". " + verdict.kind().next());
        this.verdict = verdict;
    }

    /** The last verdict. */
    public LoginStatus verdict() {
        return verdict;
    }
}
