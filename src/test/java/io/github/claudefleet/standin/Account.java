package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Simulated account: settings, tokens and counts. Thread-safe. */
final class Account {
    private final String name;
    private final Tokens tokens;
    private AccountSettings settings = AccountSettings.DEFAULT;
    private long refusalsLeft;
    private final Map<Integer, Long> messagesByStatus = new TreeMap<>();
    private long sideRequests;
    private long refreshes;
    private long refreshesRefused;
    private long logins;
    private long loginsRefused;

    Account(String name, Clock clock) {
        this.name = name;
        this.tokens = new Tokens(clock);
    }

    String name() {
        return name;
    }

    synchronized AccountSettings settings() {
        return settings;
    }

    synchronized void configure(JsonObject changes) {
        settings = settings.with(changes);
        if (changes.has("behaviour")) {
            refusalsLeft =
                    settings.behaviour().is("flaky") ? settings.behaviour().argument() : 0;
        }
    }

    /** Logs in and returns the number of the new token pair. */
    synchronized int logIn() {
        logins++;
        return tokens.begin(settings.accessSeconds());
    }

    synchronized void refuseLogIn() {
        loginsRefused++;
    }

    /**
     * Creates a login without a client's request.
     *
     * @param expiresInSeconds seconds until its access token expires; negative for one that has expired
     */
    synchronized int plantLogin(long expiresInSeconds) {
        return tokens.begin(expiresInSeconds);
    }

    /**
     * Exchanges a refresh token for a new pair and returns the pair's number; empty if the token was spent or revoked.
     */
    synchronized Optional<Integer> refresh(int number) {
        Optional<Integer> fresh = tokens.rotate(number, settings.accessSeconds());
        if (fresh.isPresent()) {
            refreshes++;
        } else {
            refreshesRefused++;
        }
        return fresh;
    }

    synchronized void refuseRefresh() {
        refreshesRefused++;
    }

    /** Expires all access tokens except the newest, as if their time had passed. */
    synchronized void expireFormerTokens() {
        tokens.expireFormer();
    }

    /** Ends the login that the token pair of this number belongs to. */
    synchronized void revoke(int number) {
        tokens.revoke(number, settings.accessSeconds());
    }

    /** Returns true if a request may be made with the credential. The account's behaviour is not considered here. */
    synchronized boolean accepts(Credential credential) {
        return switch (credential.kind()) {
            case API_KEY, SETUP -> true;
            case ACCESS -> tokens.accepts(credential.number(), settings.accessSeconds());
            default -> false;
        };
    }

    /** Expiry of the access token of this number, in milliseconds since the epoch. */
    synchronized long accessExpiresAt(int number) {
        return tokens.accessExpiresAt(number);
    }

    /** Returns true if this message request is one of the first few that a flaky account refuses; counts it. */
    synchronized boolean refusesThisOne() {
        return refusalsLeft > 0 && refusalsLeft-- > 0;
    }

    synchronized void countMessage(int status) {
        messagesByStatus.merge(status, 1L, Long::sum);
    }

    synchronized void countSideRequest() {
        sideRequests++;
    }

    synchronized AccountCounts counts() {
        long messages =
                messagesByStatus.values().stream().mapToLong(Long::longValue).sum();
        return new AccountCounts(
                messages,
                messagesByStatus,
                sideRequests,
                refreshes,
                refreshesRefused,
                logins,
                loginsRefused,
                tokens.revoked(),
                tokens.last());
    }
}
