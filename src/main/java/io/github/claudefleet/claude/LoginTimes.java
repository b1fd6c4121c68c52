package io.github.claudefleet.claude;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Expiry times of a login, from its file; empty if the file holds no plausible time.
 *
 * @param accessEnds end of the access token, which the CLI renews until the login ends
 * @param loginEnds end of the login itself; a person has to sign in again by then
 */
public record LoginTimes(Optional<Instant> accessEnds, Optional<Instant> loginEnds) {

    public static final LoginTimes UNKNOWN = new LoginTimes(Optional.empty(), Optional.empty());

    /** Time that a person needs to notice and sign in again. */
    public static final Duration SOON = Duration.ofDays(3);

    /** Remaining time of the access token below which the CLI refreshes it (measured: 280 s yes, 400 s no). */
    private static final Duration CLI_REFRESHES = Duration.ofMinutes(5);

    /** Year 3000 in epoch milliseconds; later times are not plausible. */
    private static final long NO_TIME = 32_503_680_000_000L;

    /** Checks whether the CLI renews the access token before it does anything else. */
    public boolean isRenewalDue(Instant now) {
        return accessEnds.filter(now.plus(CLI_REFRESHES)::isAfter).isPresent();
    }

    public static LoginTimes in(JsonNode login) {
        return new LoginTimes(time(login.path("expiresAt")), time(login.path("refreshTokenExpiresAt")));
    }

    /** Parses a time in ISO 8601 format. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(JsonNode milliseconds) {
        boolean plausible = milliseconds.canConvertToLong()
                && milliseconds.isNumber()
                && milliseconds.asLong() > 0
                && milliseconds.asLong() < NO_TIME;
        return plausible ? Optional.of(Instant.ofEpochMilli(milliseconds.asLong())) : Optional.empty();
    }
}
