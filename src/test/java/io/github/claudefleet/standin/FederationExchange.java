package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exchange of an identity token for an access token, as the service documents it (RFC 7523). The rule of account NAME is
 * {@code fdrl_NAME}, its service account {@code svac_NAME} and its workspace {@code wrkspc_NAME}. A malformed request is
 * told so; all refused tokens are answered alike, and only the note in the request log has the reason.
 */
final class FederationExchange {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    /** Audience that every rule expects. */
    static final String AUDIENCE = "https://api.anthropic.com";
    /** Id of the organisation of all accounts. */
    static final String ORGANIZATION = "00000000-0000-4000-8000-000000000001";

    private static final int MOST_CHARACTERS = 16_384;

    private final Accounts accounts;
    private final Clock clock;
    private final Set<String> spent = ConcurrentHashMap.newKeySet();

    FederationExchange(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    Reply exchange(JsonObject body) {
        String rule = body.text("federation_rule_id");
        if (!rule.matches("fdrl_" + Credential.ACCOUNT_NAME)) {
            return Reply.error(400, "invalid_request_error", "federation_rule_id is not a well-formed fdrl_ tagged ID");
        }
        if (body.text("assertion").isEmpty() || body.text("assertion").length() > MOST_CHARACTERS) {
            return Reply.error(400, "invalid_request_error", "assertion is missing or too long");
        }
        Account account = accounts.named(rule.substring("fdrl_".length()));
        Credential job = Credential.parse(Credential.jobToken(account.name()));
        return switch (account.settings().tokenBehaviour().word()) {
            case "500" -> ApiErrors.server().madeWith(job);
            case "hang" -> Reply.never().madeWith(job);
            default -> exchange(body, account).madeWith(job);
        };
    }

    private Reply exchange(JsonObject body, Account account) {
        Optional<String> reason = reasonToRefuse(body, account.name());
        if (reason.isPresent()) {
            account.refuseLogIn();
            return Reply.json(
                            401,
                            Json.object()
                                    .with(
                                            "error",
                                            Json.object()
                                                    .with("type", "authentication_error")
                                                    .with("message", "Authentication failed")))
                    .noted("refused: " + reason.get());
        }
        int number = account.logIn();
        return Reply.json(
                        200,
                        Json.object()
                                .with("access_token", Credential.accessToken(account.name(), number))
                                .with("token_type", "Bearer")
                                .with("expires_in", account.settings().accessSeconds())
                                .with("scope", "workspace:developer"))
                .noted("gave access token " + number);
    }

    private Optional<String> reasonToRefuse(JsonObject body, String account) {
        Optional<JsonObject> verified = IdentityTokens.verify(body.text("assertion"));
        if (verified.isEmpty()) {
            return Optional.of("signature");
        }
        JsonObject claims = verified.get();
        if (!body.text("organization_id").equals(ORGANIZATION)) {
            return Optional.of("organisation");
        }
        if (!body.text("service_account_id").equals("svac_" + account)) {
            return Optional.of("service account");
        }
        if (body.has("workspace_id") && !body.text("workspace_id").equals("wrkspc_" + account)) {
            return Optional.of("workspace");
        }
        if (!claims.text("sub").equals("repo:" + account)) {
            return Optional.of("subject");
        }
        if (!claims.text("aud").equals(AUDIENCE)) {
            return Optional.of("audience");
        }
        if (claims.number("exp", 0) * 1000 <= clock.millis()) {
            return Optional.of("expired");
        }
        return claims.has("jti") && !spent.add(claims.text("jti")) ? Optional.of("jti_reused") : Optional.empty();
    }
}
