package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Endpoint {@code /_standin/} with which tests configure and inspect the stand-in. Served only on the HTTP port. */
final class ControlEndpoint implements Endpoint {
    /** Prefix of every control path. */
    static final String PREFIX = "/_standin/";

    private static final Pattern ACCOUNT =
            Pattern.compile("/_standin/accounts/([^/]+)(?:/(credentials|expiry|identity))?");
    private static final Pattern SCRIPTS = Pattern.compile("/_standin/scripts/([^/]+)");

    private final Accounts accounts;
    private final Scripts scripts;
    private final Challenges challenges;
    private final IdentityTokens identity;
    private final RequestLog log;
    private final Clock clock;

    ControlEndpoint(
            Accounts accounts,
            Scripts scripts,
            Challenges challenges,
            IdentityTokens identity,
            RequestLog log,
            Clock clock) {
        this.accounts = accounts;
        this.scripts = scripts;
        this.challenges = challenges;
        this.identity = identity;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Reply answer(Request request) {
        Matcher account = ACCOUNT.matcher(request.path());
        if (account.matches()) {
            return ofAccount(accounts.named(account.group(1)), account.group(2), request);
        }
        Matcher script = SCRIPTS.matcher(request.path());
        if (script.matches() && request.method().equals("PUT")) {
            return putScripts(script.group(1), request);
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /_standin/requests" -> requests(request.query().get("account"));
            case "GET /_standin/messages" -> messages(request.query().getOrDefault("account", ""));
            case "GET /_standin/ping" -> Reply.json(200, Map.of("ready", true));
            case "POST /_standin/reset" -> reset();
            default -> unknown();
        };
    }

    private Reply ofAccount(Account account, String part, Request request) {
        return switch (request.method() + (part == null ? "" : " " + part)) {
            case "PUT" -> configure(account, request);
            case "GET" -> Reply.json(200, account.counts().toJson());
            case "POST credentials" -> credentials(account, request.query().get("expiresIn"));
            case "POST expiry" -> expiry(account);
            case "POST identity" -> Reply.text(200, "text/plain", identity.issue(account.name(), request.query()));
            default -> unknown();
        };
    }

    private static Reply configure(Account account, Request request) {
        account.configure(request.json());
        return Reply.json(200, account.settings().toJson());
    }

    private Reply credentials(Account account, String expiresIn) {
        long seconds = expiresIn == null ? account.settings().accessSeconds() : Long.parseLong(expiresIn);
        int number = account.plantLogin(seconds);
        return Reply.json(200, TokenReply.credentialsFile(account, number, clock.millis()));
    }

    private static Reply expiry(Account account) {
        account.expireFormerTokens();
        return Reply.json(200, account.counts().toJson());
    }

    private Reply putScripts(String account, Request request) {
        List<Script> read = JsonObject.parseList(request.body()).stream()
                .map(Script::fromJson)
                .toList();
        scripts.put(account, read);
        return Reply.json(200, Map.of("scripts", read.size()));
    }

    private Reply requests(String account) {
        List<RecordedRequest> wanted = account == null ? log.all() : log.of(account);
        return Reply.json(200, wanted.stream().map(RecordedRequest::toJson).toList());
    }

    private Reply messages(String account) {
        return Reply.json(
                200,
                log.messagesOf(account).stream()
                        .map(body -> Json.object().with("body", body))
                        .toList());
    }

    private Reply reset() {
        accounts.clear();
        scripts.clear();
        challenges.clear();
        log.clear();
        return Reply.json(200, Map.of());
    }

    private static Reply unknown() {
        return Reply.error(404, "not_found_error", "no such control; see the class comment of StandInControl");
    }
}
