package io.github.claudefleet.standin;

import java.util.Map;

/**
 * What a test wishes of one account.
 *
 * @param accessSeconds how long its access tokens live, in seconds
 * @param behaviour how its message requests are answered
 * @param tokenBehaviour how its logins and refreshes are answered
 * @param resetsAt when a quota refusal says that the quota comes back, in seconds since the epoch; 0 for in an hour
 * @param pkce whether a login's code verifier is checked, where the challenge is known
 */
record AccountSettings(long accessSeconds, Behaviour behaviour, Behaviour tokenBehaviour, long resetsAt, boolean pkce) {
    /** An account whose every request is answered well, with access tokens that live as long as the real ones. */
    static final AccountSettings DEFAULT = new AccountSettings(8 * 3600, Behaviour.OK, Behaviour.OK, 0, true);

    /**
     * These settings with what the request names replaced.
     *
     * @throws IllegalArgumentException for a behaviour that there is not
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
