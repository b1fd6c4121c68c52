package io.github.claudefleet.standin;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of one account's requests since the account was created.
 *
 * @param messages requests for a model's answer in a conversation, including refused ones, without side requests
 * @param messagesByStatus count of these requests by HTTP status; {@code 0} is a request that was never answered
 * @param sideRequests quota probes and titles, which the CLI requests by itself
 * @param refreshes refreshes that returned new tokens
 * @param refreshesRefused refreshes that were refused
 * @param logins logins that returned tokens
 * @param loginsRefused logins that were refused
 * @param revoked logins that ended because a spent refresh token was used again, or because of a logout
 * @param currentAccessToken number of the newest access token, 0 before the first
 */
public record AccountCounts(
        long messages,
        Map<Integer, Long> messagesByStatus,
        long sideRequests,
        long refreshes,
        long refreshesRefused,
        long logins,
        long loginsRefused,
        long revoked,
        int currentAccessToken) {

    /** Copies the map. */
    public AccountCounts {
        messagesByStatus = Map.copyOf(messagesByStatus);
    }

    static AccountCounts fromJson(JsonObject json) {
        Map<Integer, Long> byStatus = new TreeMap<>();
        JsonObject statuses = json.object("messagesByStatus");
        statuses.members()
                .keySet()
                .forEach(status -> byStatus.put(Integer.valueOf(status), statuses.number(status, 0)));
        return new AccountCounts(
                json.number("messages", 0),
                byStatus,
                json.number("sideRequests", 0),
                json.number("refreshes", 0),
                json.number("refreshesRefused", 0),
                json.number("logins", 0),
                json.number("loginsRefused", 0),
                json.number("revoked", 0),
                (int) json.number("currentAccessToken", 0));
    }

    Map<String, Object> toJson() {
        return Json.object()
                .with("messages", messages)
                .with("messagesByStatus", new TreeMap<>(messagesByStatus))
                .with("sideRequests", sideRequests)
                .with("refreshes", refreshes)
                .with("refreshesRefused", refreshesRefused)
                .with("logins", logins)
                .with("loginsRefused", loginsRefused)
                .with("revoked", revoked)
                .with("currentAccessToken", currentAccessToken);
    }
}
