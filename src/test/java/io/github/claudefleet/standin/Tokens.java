package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Token pairs of one account, by number. A refresh token works once. Its second use revokes every pair of the same
 * login, as in the real service. Not thread-safe: its {@link Account} synchronizes access.
 */
final class Tokens {
    private final Clock clock;
    private final Map<Integer, Pair> pairs = new TreeMap<>();
    private final Set<Integer> revokedLogins = new HashSet<>();
    private int last;

    /** Access token and the refresh token that was issued with it. */
    private static final class Pair {
        final int login;
        long accessExpiresAt;
        boolean spent;

        Pair(int login, long accessExpiresAt) {
            this.login = login;
            this.accessExpiresAt = accessExpiresAt;
        }
    }

    Tokens(Clock clock) {
        this.clock = clock;
    }

    /** Returns the number of the newest pair, 0 before the first. */
    int last() {
        return last;
    }

    /** Returns the number of revoked logins. */
    int revoked() {
        return revokedLogins.size();
    }

    /** Begins a login and returns the number of its first pair. */
    int begin(long accessSeconds) {
        return issue(last + 1, last + 1, accessSeconds);
    }

    /**
     * Exchanges a refresh token for a new pair.
     *
     * @return number of the new pair; empty if the token was spent (then its whole login is revoked) or revoked
     */
    Optional<Integer> rotate(int number, long accessSeconds) {
        Pair old = known(number, accessSeconds);
        if (old.spent) {
            revokedLogins.add(old.login);
        }
        if (revokedLogins.contains(old.login)) {
            return Optional.empty();
        }
        old.spent = true;
        return Optional.of(issue(last + 1, old.login, accessSeconds));
    }

    /** Returns true if the access token of this number is neither revoked nor expired. */
    boolean accepts(int number, long accessSeconds) {
        Pair pair = known(number, accessSeconds);
        return !revokedLogins.contains(pair.login) && clock.millis() < pair.accessExpiresAt;
    }

    /** Expires the access tokens of all pairs except the newest now, unless they have expired already. */
    void expireFormer() {
        pairs.forEach((number, pair) -> {
            if (number < last) {
                pair.accessExpiresAt = Math.min(pair.accessExpiresAt, clock.millis());
            }
        });
    }

    /** Ends the login that the pair of this number belongs to. */
    void revoke(int number, long accessSeconds) {
        revokedLogins.add(known(number, accessSeconds).login);
    }

    long accessExpiresAt(int number) {
        return pairs.get(number).accessExpiresAt;
    }

    /**
     * Returns the pair of this number. An unknown pair, from before a restart or invented by a test, counts as issued
     * now.
     */
    private Pair known(int number, long accessSeconds) {
        if (!pairs.containsKey(number)) {
            issue(number, number, accessSeconds);
        }
        return pairs.get(number);
    }

    private int issue(int number, int login, long accessSeconds) {
        pairs.put(number, new Pair(login, clock.millis() + accessSeconds * 1000));
        last = Math.max(last, number);
        return number;
    }
}
