package io.github.claudefleet.standin;

import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The token pairs of one account, by their number. A refresh token works once; the second use of one revokes every pair
 * that came out of the same login, as the real service does. Not thread-safe: its {@link Account} guards it.
 */
final class Tokens {
    private final Clock clock;
    private final Map<Integer, Pair> pairs = new TreeMap<>();
    private final Set<Integer> revokedLogins = new HashSet<>();
    private int last;

    /** An access token and the refresh token that was handed out with it. */
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

    /** The number of the newest pair, 0 before the first. */
    int last() {
        return last;
    }

    /** How many logins have ended before their time. */
    int revoked() {
        return revokedLogins.size();
    }

    /** Begins a login and gives the number of its first pair. */
    int begin(long accessSeconds) {
        return issue(last + 1, last + 1, accessSeconds);
    }

    /**
     * Trades a refresh token for a new pair.
     *
     * @return the new pair's number; empty if the token was spent (then its whole login is revoked) or revoked
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

    /** Whether the access token of that number is neither revoked nor expired. */
    boolean accepts(int number, long accessSeconds) {
        Pair pair = known(number, accessSeconds);
        return !revokedLogins.contains(pair.login) && clock.millis() < pair.accessExpiresAt;
    }

    /** Has the access tokens of all pairs but the newest expire now, where they haven't yet. */
    void expireFormer() {
        pairs.forEach((number, pair) -> {
            if (number < last) {
                pair.accessExpiresAt = Math.min(pair.accessExpiresAt, clock.millis());
            }
        });
    }

    /** Ends the login that the pair of that number came from. */
    void revoke(int number, long accessSeconds) {
        revokedLogins.add(known(number, accessSeconds).login);
    }

    long accessExpiresAt(int number) {
        return pairs.get(number).accessExpiresAt;
    }

    /** A pair from before the stand-in was restarted, or made up by a test, is taken for one issued just now. */
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
