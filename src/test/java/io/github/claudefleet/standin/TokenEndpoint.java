package io.github.claudefleet.standin;

import io.github.claudefleet.standin.Credential.Kind;

/**
 * Endpoint {@code POST /v1/oauth/token}: exchanges an authorization code, an unspent refresh token or an
 * identity token for tokens.
 */
final class TokenEndpoint implements Endpoint {
    private static final String REFRESH_REFUSED = "Refresh token not found or invalid";

    private final Accounts accounts;
    private final Challenges challenges;
    private final FederationExchange federation;

    TokenEndpoint(Accounts accounts, Challenges challenges, FederationExchange federation) {
        this.accounts = accounts;
        this.challenges = challenges;
        this.federation = federation;
    }

    @Override
    public Reply answer(Request request) {
        JsonObject body = request.json();
        return switch (body.text("grant_type")) {
            case "authorization_code" -> logIn(body);
            case "refresh_token" -> refresh(body);
            case FederationExchange.GRANT_TYPE -> federation.exchange(body);
            default ->
                refusal(
                        "unsupported_grant_type",
                        "grant_type must be authorization_code, refresh_token or " + FederationExchange.GRANT_TYPE);
        };
    }

    private Reply logIn(JsonObject body) {
        Credential code = Credential.parse(body.text("code"));
        Reply reply = code.is(Kind.CODE)
                ? logIn(accounts.named(code.account()), body.text("code_verifier"))
                : refusal("invalid_grant", "Invalid 'code' in request.");
        return reply.madeWith(code);
    }

    private Reply logIn(Account account, String verifier) {
        if (fails(account)) {
            account.refuseLogIn();
            return ApiErrors.server();
        }
        if (account.settings().pkce() && !challenges.meets(account.name(), verifier)) {
            account.refuseLogIn();
            return refusal("invalid_grant", "Invalid 'code_verifier' in request.");
        }
        return delayed(account, tokens(account, account.logIn()));
    }

    private Reply refresh(JsonObject body) {
        Credential token = Credential.parse(body.text("refresh_token"));
        Reply reply = token.is(Kind.REFRESH)
                ? refresh(accounts.named(token.account()), token.number())
                : refusal("invalid_grant", REFRESH_REFUSED);
        return reply.madeWith(token);
    }

    private static Reply refresh(Account account, int number) {
        if (fails(account)) {
            account.refuseRefresh();
            return ApiErrors.server();
        }
        // The tokens are rotated before any delay: a real service has rotated them too when its answer is lost.
        Reply reply = account.refresh(number)
                .map(fresh -> tokens(account, fresh))
                .orElseGet(() -> refusal("invalid_grant", REFRESH_REFUSED));
        return delayed(account, reply);
    }

    private static boolean fails(Account account) {
        return account.settings().tokenBehaviour().is("500");
    }

    private static Reply delayed(Account account, Reply reply) {
        Behaviour behaviour = account.settings().tokenBehaviour();
        return behaviour.is("hang") ? Reply.never() : reply.after(behaviour.argument());
    }

    private static Reply tokens(Account account, int number) {
        return Reply.json(200, TokenReply.of(account, number)).noted("gave access token " + number);
    }

    /** Refusal in the format of RFC 6749, section 5.2. */
    private static Reply refusal(String error, String description) {
        return Reply.json(400, Json.object().with("error", error).with("error_description", description));
    }
}
