package io.github.claudefleet.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A test's hand on a stand-in, wherever that runs. Give every test an account of its own and they never meet.
 *
 * <pre>
 * PUT  /_standin/accounts/NAME                         settings, those that are named
 * GET  /_standin/accounts/NAME                         counts
 * POST /_standin/accounts/NAME/credentials?expiresIn=S the body of a login file
 * POST /_standin/accounts/NAME/expiry                  expires all access tokens but the newest
 * PUT  /_standin/scripts/NAME                          a list of scripts; NAME may be *
 * GET  /_standin/requests?account=NAME                 what was asked; all of it without an account
 * GET  /_standin/messages?account=NAME                 the bodies of its latest message requests
 * POST /_standin/reset                                 forgets everything
 * GET  /_standin/ping                                  200 when it listens
 * </pre>
 *
 * <p>Every method throws {@link UncheckedIOException} if the stand-in cannot be reached within ten seconds, and
 * {@link IllegalArgumentException} with the stand-in's words if it refuses.
 */
public final class StandInControl {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param address the stand-in's HTTP address, without a path */
    public StandInControl(URI address) {
        this.address = address;
    }

    /** How the account's message requests are answered: {@code ok}, {@code 401}, {@code 429}, {@code hang}… */
    public void behaviour(String account, String behaviour) {
        configure(account, Map.of("behaviour", behaviour));
    }

    /** How the account's logins and refreshes are answered: {@code ok}, {@code hang}, {@code slow:MILLIS}, {@code 500}. */
    public void tokenBehaviour(String account, String behaviour) {
        configure(account, Map.of("tokenBehaviour", behaviour));
    }

    /** How long access tokens live that the account gets from now on. */
    public void accessTokensLive(String account, Duration lifetime) {
        configure(account, Map.of("accessSeconds", lifetime.toSeconds()));
    }

    /** Has all access tokens of the account expire but the newest, as if their time had passed. */
    public void formerTokensExpire(String account) {
        send("POST", "accounts/" + account + "/expiry", "");
    }

    /** When the account's quota comes back, as its {@code 429} answers say; to the second. */
    public void quotaResetsAt(String account, Instant time) {
        configure(account, Map.of("resetsAt", time.getEpochSecond()));
    }

    /** What the account has asked for. */
    public AccountCounts counts(String account) {
        return AccountCounts.fromJson(JsonObject.parse(send("GET", "accounts/" + account, "")));
    }

    /**
     * The body of a {@code .credentials.json} of a fresh login, as the CLI writes it.
     *
     * @param expiresIn how long its access token lives; negative for one that has expired
     */
    public String credentials(String account, Duration expiresIn) {
        return send("POST", "accounts/" + account + "/credentials?expiresIn=" + expiresIn.toSeconds(), "");
    }

    /**
     * Has the made-up model follow scripts; replaces the account's earlier ones.
     *
     * @param account {@code *} for every account
     * @param scripts a JSON list of {@code {"match": REGEX, "turns": [{"text": …} | {"tool": NAME, "input": {…}}…],
     *     "costTokens": {"in": N, "out": N}, "delayMillis": N, "behaviour": "500"}}; the last three may be left out
     */
    public void scripts(String account, String scripts) {
        send("PUT", "scripts/" + account, scripts);
    }

    /** What was asked with the account's credentials, oldest first. */
    public List<RecordedRequest> requests(String account) {
        return recorded("requests?account=" + account);
    }

    /** What was asked by anybody, also without a credential, oldest first. */
    public List<RecordedRequest> requests() {
        return recorded("requests");
    }

    /** What the account's latest requests told the model, oldest first; only a few are kept. */
    public List<String> messages(String account) {
        return JsonObject.parseList(send("GET", "messages?account=" + account, "")).stream()
                .map(message -> message.text("body"))
                .toList();
    }

    /** Forgets every account, script and request: not for a stand-in that other tests share. */
    public void reset() {
        send("POST", "reset", "");
    }

    /** Whether it listens. Unlike the others, this one does not throw if nothing does. */
    public boolean isReady() {
        try {
            send("GET", "ping", "");
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void configure(String account, Map<String, Object> settings) {
        send("PUT", "accounts/" + account, Json.write(settings));
    }

    private List<RecordedRequest> recorded(String path) {
        return JsonObject.parseList(send("GET", path, "")).stream()
                .map(RecordedRequest::fromJson)
                .toList();
    }

    private String send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(ControlEndpoint.PREFIX + path))
                .method(method, BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        try {
            return accepted(request, client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException("no stand-in at " + address + "; is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the stand-in at " + address, e);
        }
    }

    private static String accepted(HttpRequest request, HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalArgumentException("the stand-in refused " + request.method() + " " + request.uri() + ": "
                    + response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
