package io.github.claudefleet.standin;

import java.util.Map;

/**
 * Settings of one account.
 *
 * @param accessSeconds lifetime of its access tokens, in seconds
 * @param behaviour response to its message requests
 * @param tokenBehaviour response to its logins and refreshes
 * @param resetsAt time of the quota's reset in a quota refusal, in seconds since the epoch; 0 for one hour from now
 * @param pkce true if a login's code verifier is checked, where the challenge is known
 */
record AccountSettings(long accessSeconds, Behaviour behaviour, Behaviour tokenBehaviour, long resetsAt, boolean pkce) {
    /** Settings under which every request succeeds and access tokens live as long as the real ones. */
    static final AccountSettings DEFAULT = new AccountSettings(8 * 3600, Behaviour.OK, Behaviour.OK, 0, true);

    /**
     * Returns these settings with the members of the request replaced.
     *
     * @throws IllegalArgumentException if the behaviour is unknown
     */
    AccountSettings with(JsonObject changes) {
        return new AccountSettings(
                changes.number("accessSeconds", accessSeconds),
                Behaviour.ofMessages(changes.text("behaviour", behaviour.toString())),
                Behaviour.ofTokens(changes.text("tokenBehaviour", tokenBehaviour.toString())),
                changes.number("resetsAt", resetsAt),
                changes.flag("pkce", pkce));
    }

    Map<String, Object> toJson() {
        return Json.object()
                .with("accessSeconds", accessSeconds)
                .with("behaviour", behaviour.toString())
                .with("tokenBehaviour", tokenBehaviour.toString())
                .with("resetsAt", resetsAt)
                .with("pkce", pkce);
    }
}
