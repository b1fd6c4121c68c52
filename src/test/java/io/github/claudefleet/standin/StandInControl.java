package io.github.claudefleet.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Client with which a test controls a stand-in, local or in a container. Tests with separate accounts are independent.
 *
 * <pre>
 * PUT  /_standin/accounts/NAME                         changes the named settings
 * GET  /_standin/accounts/NAME                         counts
 * POST /_standin/accounts/NAME/credentials?expiresIn=S body of a login file
 * POST /_standin/accounts/NAME/expiry                  expires all access tokens but the newest
 * POST /_standin/accounts/NAME/identity?expiresIn=S    an identity token; audience=A, jti=no
 * PUT  /_standin/scripts/NAME                          JSON list of scripts; NAME may be *
 * GET  /_standin/requests?account=NAME                 recorded requests; of all accounts without a name
 * GET  /_standin/messages?account=NAME                 bodies of its latest message requests
 * POST /_standin/reset                                 removes all state
 * GET  /_standin/ping                                  200 when it listens
 * </pre>
 *
 * <p>Every method throws {@link UncheckedIOException} if the stand-in cannot be reached within ten seconds, and
 * {@link IllegalArgumentException} with the stand-in's message if it refuses.
 */
public final class StandInControl {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param address HTTP address of the stand-in, without a path */
    public StandInControl(URI address) {
        this.address = address;
    }

    /** Sets the response to the account's message requests: {@code ok}, {@code 401}, {@code 429}, {@code hang}… */
    public void behaviour(String account, String behaviour) {
        configure(account, Map.of("behaviour", behaviour));
    }

    /**
     * Sets the response to the account's logins and refreshes: {@code ok}, {@code hang}, {@code slow:MILLIS},
     * {@code 500}.
     */
    public void tokenBehaviour(String account, String behaviour) {
        configure(account, Map.of("tokenBehaviour", behaviour));
    }

    /** Sets the lifetime of the access tokens that the account gets from now on. */
    public void accessTokensLive(String account, Duration lifetime) {
        configure(account, Map.of("accessSeconds", lifetime.toSeconds()));
    }

    /** Expires all access tokens of the account except the newest, as if their time had passed. */
    public void formerTokensExpire(String account) {
        send("POST", "accounts/" + account + "/expiry", "");
    }

    /**
     * Sets the time at which the account's quota is reset according to its {@code 429} answers; accurate to the second.
     */
    public void quotaResetsAt(String account, Instant time) {
        configure(account, Map.of("resetsAt", time.getEpochSecond()));
    }

    /** Returns the counts of the account's requests. */
    public AccountCounts counts(String account) {
        return AccountCounts.fromJson(JsonObject.parse(send("GET", "accounts/" + account, "")));
    }

    /**
     * Creates a login and returns the body of its {@code .credentials.json}, as the CLI writes it.
     *
     * @param expiresIn lifetime of its access token; negative for one that has expired
     */
    public String credentials(String account, Duration expiresIn) {
        return send("POST", "accounts/" + account + "/credentials?expiresIn=" + expiresIn.toSeconds(), "");
    }

    /**
     * Issues an identity token for the rule, service account and organisation of an account.
     *
     * @param audience audience that it names
     * @param expiresIn remaining validity; negative for one that has expired
     */
    public String identityToken(String account, String audience, Duration expiresIn) {
        return send(
                "POST",
                "accounts/" + account + "/identity?expiresIn=" + expiresIn.toSeconds() + "&audience="
                        + URLEncoder.encode(audience, StandardCharsets.UTF_8),
                "");
    }

    /** Issues a good identity token, which works once. */
    public String identityToken(String account) {
        return identityToken(account, FederationExchange.AUDIENCE, Duration.ofMinutes(5));
    }

    /**
     * Sets the scripts of the simulated model; replaces the account's earlier ones.
     *
     * @param account {@code *} for every account
     * @param scripts JSON list of {@code {"match": REGEX, "turns": [{"text": …} | {"tool": NAME, "input": {…}}…],
     *     "costTokens": {"in": N, "out": N}, "delayMillis": N, "behaviour": "500"}}; the last three are optional
     */
    public void scripts(String account, String scripts) {
        send("PUT", "scripts/" + account, scripts);
    }

    /** Returns the requests with the account's credentials, oldest first. */
    public List<RecordedRequest> requests(String account) {
        return recorded("requests?account=" + account);
    }

    /** Returns all requests, including those without a credential, oldest first. */
    public List<RecordedRequest> requests() {
        return recorded("requests");
    }

    /** Returns the bodies of the account's latest message requests, oldest first; only a few are stored. */
    public List<String> messages(String account) {
        return JsonObject.parseList(send("GET", "messages?account=" + account, "")).stream()
                .map(message -> message.text("body"))
                .toList();
    }

    /** Removes every account, script and request. Not for a stand-in that other tests share. */
    public void reset() {
        send("POST", "reset", "");
    }

    /** Returns true if the stand-in listens. Does not throw if it is unreachable, unlike the other methods. */
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
