package io.github.claudefleet.init;

import io.github.claudefleet.spec.LoginMode;

/** Name of the variable from which a new fleet takes its credential. */
public final class CredentialVariable {

    private CredentialVariable() {}

    /** Returns the variable of Maven's environment that holds the credential. */
    public static String of(LoginMode login) {
        return login == LoginMode.API_KEY ? "ANTHROPIC_API_KEY" : "CLAUDE_CODE_OAUTH_TOKEN";
    }
}
