package io.github.claudefleet.standin;

import io.github.claudefleet.standin.Credential.Kind;
import java.util.Map;
import java.util.Set;

/** Public services: all requests of the CLI to Anthropic's hosts. An unknown request is answered with 404. */
final class Services implements Endpoint {
    private static final String TOKEN = "/v1/oauth/token";
    private static final String REVOKE = "/v1/oauth/token/revoke";

    /** Without an answer to these, the CLI's first interactive start ends with "Unable to connect". */
    private static final Set<String> GREETINGS = Set.of("/api/hello", "/v1/oauth/hello");

    private final Accounts accounts;
    private final MessagesEndpoint messages;
    private final TokenEndpoint tokens;
    private final PersonEndpoint person;
    private final ProviderEndpoint provider;
    private final SignInPage signIn;

    Services(Accounts accounts, MessagesEndpoint messages, TokenEndpoint tokens, SignInPage signIn) {
        this.accounts = accounts;
        this.messages = messages;
        this.tokens = tokens;
        this.person = new PersonEndpoint(accounts);
        this.signIn = signIn;
        this.provider = new ProviderEndpoint(accounts, messages);
    }

    @Override
    public Reply answer(Request request) {
        if (request.method().equals("HEAD")) {
            return Reply.empty(200);
        }
        if (request.method().equals("GET") && GREETINGS.contains(request.path())) {
            return Reply.json(200, Map.of("message", "hello"));
        }
        if (request.method().equals("POST") && request.path().startsWith(MessagesEndpoint.PATH)) {
            return messages.answer(request);
        }
        if (ProviderEndpoint.isAskedFor(request)) {
            return provider.answer(request);
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
        return SignInPage.isAskedFor(request) ? signIn.answer(request) : notFound();
    }

    /** Ends the login of the token, which may be its access token or its refresh token. */
    private Reply revoke(Request request) {
        Credential token = Credential.parse(request.json().text("token"));
        if (token.is(Kind.ACCESS) || token.is(Kind.REFRESH)) {
            accounts.named(token.account()).revoke(token.number());
        }
        return Reply.json(200, Map.of()).madeWith(token);
    }

    private static Reply notFound() {
        return Reply.error(404, "not_found_error", "Not found");
    }
}
