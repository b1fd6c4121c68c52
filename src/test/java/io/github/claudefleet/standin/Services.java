package io.github.claudefleet.standin;

import io.github.claudefleet.standin.Credential.Kind;
import java.util.Map;

/** Public services: all requests of the CLI to Anthropic's hosts. An unknown request is answered with 404. */
final class Services implements Endpoint {
    private static final String TOKEN = "/v1/oauth/token";
    private static final String REVOKE = "/v1/oauth/token/revoke";

    private final Accounts accounts;
    private final ModelService model;
    private final TokenEndpoint tokens;
    private final PersonEndpoint person;
    private final ProviderEndpoint provider;
    private final IdentityTokens identity;
    private final SignInPage signIn;

    Services(
            Accounts accounts,
            MessagesEndpoint messages,
            TokenEndpoint tokens,
            IdentityTokens identity,
            SignInPage signIn) {
        this.accounts = accounts;
        this.model = new ModelService(messages);
        this.tokens = tokens;
        this.person = new PersonEndpoint(accounts);
        this.identity = identity;
        this.signIn = signIn;
        this.provider = new ProviderEndpoint(accounts, messages);
    }

    @Override
    public Reply answer(Request request) {
        if (ProviderEndpoint.isAskedFor(request)) {
            return provider.answer(request);
        }
        if (request.is("GET", IdentityTokens.PATH)) {
            return identity.answer(request);
        }
        if (request.is("POST", TOKEN)) {
            return tokens.answer(request);
        }
        if (request.is("POST", REVOKE)) {
            return revoke(request);
        }
        if (request.is("GET", PersonEndpoint.PROFILE) || request.is("GET", PersonEndpoint.ROLES)) {
            return person.answer(request);
        }
        return SignInPage.isAskedFor(request) ? signIn.answer(request) : model.answer(request);
    }

    /** Ends the login of the token, which may be its access token or its refresh token. */
    private Reply revoke(Request request) {
        Credential token = Credential.parse(request.json().text("token"));
        if (token.is(Kind.ACCESS) || token.is(Kind.REFRESH)) {
            accounts.named(token.account()).revoke(token.number());
        }
        return Reply.json(200, Map.of()).madeWith(token);
    }
}
