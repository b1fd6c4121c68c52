package io.github.claudefleet.standin;

import java.util.Map;
import java.util.Optional;

/**
 * Page at the CLI's sign-in address. Stores the login's challenge and shows the code that a person pastes. The account
 * is the query parameter {@code account}, by default {@code demo}.
 *
 * <p>The address has two forms (CLI 2.1.330, measured): one with {@code code_challenge=} and {@code state=} among
 * others, and a short one whose whole query is {@code z-} and the challenge.
 */
final class SignInPage implements Endpoint {
    private static final String SHORT_FORM = "z-";

    private final Challenges challenges;

    SignInPage(Challenges challenges) {
        this.challenges = challenges;
    }

    static boolean isAskedFor(Request request) {
        return request.method().equals("GET") && request.path().endsWith("/oauth/authorize");
    }

    @Override
    public Reply answer(Request request) {
        String account = request.query().getOrDefault("account", "demo");
        String state = request.query().getOrDefault("state", "stand-in");
        if (!account.matches(Credential.ACCOUNT_NAME) || !state.matches("[\\w-]+")) {
            throw new IllegalArgumentException("use the address that the CLI printed; &account= takes a-z, 0-9 and -");
        }
        challenges.remember(account, challengeIn(request.query()));
        return Reply.text(200, "text/html; charset=utf-8", page("code-" + account + "#" + state));
    }

    /** @throws IllegalArgumentException if the query has no challenge */
    private static String challengeIn(Map<String, String> query) {
        return Optional.ofNullable(query.get("code_challenge"))
                .or(() -> query.keySet().stream()
                        .filter(name -> name.startsWith(SHORT_FORM))
                        .findFirst()
                        .map(name -> name.substring(SHORT_FORM.length())))
                .orElseThrow(
                        () -> new IllegalArgumentException("no challenge in it: use the address that the CLI printed"));
    }

    private static String page(String code) {
        return """
                <!doctype html><title>Stand-in sign-in</title>
                <p>Paste this code into the terminal:</p>
                <pre id="code">%s</pre>
                """.formatted(code);
    }
}
