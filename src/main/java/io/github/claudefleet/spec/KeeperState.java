package io.github.claudefleet.spec;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * State of a fleet's keeper and of its login, as the keeper reports it.
 *
 * @param doing current activity
 * @param now time in the keeper's container at the moment of the query
 * @param expires end of the access token; empty if there is none that could be renewed
 * @param renewed time of the last renewal; empty if there was none yet
 * @param failures number of renewals in a row that failed
 * @param restarts number of times that the keeper was killed and started again
 * @param reason reason for the last failure; empty if there was none, or the keeper knows none
 */
public record KeeperState(
        Doing doing,
        Instant now,
        Optional<Instant> expires,
        Optional<Instant> renewed,
        int failures,
        int restarts,
        String reason) {

    /** Activity of a keeper, in the values that it reports itself. */
    public enum Doing {
        /** Normal operation. */
        KEEPING("keeping"),
        /** Refresh by the CLI in progress. */
        REFRESHING("refreshing"),
        /** No login; somebody has to sign in. */
        WAITING("waiting"),
        /** Login ended by the service; somebody has to sign in again. */
        EXPIRED("expired"),
        /** Damaged login file; somebody has to sign in again, unless the last good login is restored. */
        DAMAGED("damaged"),
        /** Failed renewals; the keeper continues to try. */
        FAILING("failing");

        private final String value;

        Doing(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }
    }

    /**
     * Parses the lines {@code doing=…}, {@code expires=…}, {@code refreshed=…}, {@code failures=…}, {@code restarts=…}
     * and {@code reason=…} of the keeper's state file and the line {@code now=…}. All times are in epoch seconds. The result is empty if the
     * lines contain no known state.
     */
    public static Optional<KeeperState> parse(String text) {
        Map<String, String> facts = text.lines()
                .map(line -> line.strip().split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second));
        return Arrays.stream(Doing.values())
                .filter(doing -> doing.value().equals(facts.get("doing")))
                .map(doing -> of(doing, facts))
                .findFirst();
    }

    private static KeeperState of(Doing doing, Map<String, String> facts) {
        return new KeeperState(
                doing,
                Instant.ofEpochSecond(number(facts, "now")),
                time(facts, "expires"),
                time(facts, "refreshed"),
                (int) number(facts, "failures"),
                (int) number(facts, "restarts"),
                facts.getOrDefault("reason", "").strip());
    }

    /** Returns the remaining validity of the access token, negative if it has ended. */
    public Optional<Duration> left() {
        return expires.map(end -> Duration.between(now, end));
    }

    /** Returns a sentence without a full stop, such as {@code renewed 3m ago, token good for 7h 52m}. */
    public String text() {
        return switch (doing) {
            case KEEPING -> renewal() + token();
            case REFRESHING -> "being renewed, " + token();
            case WAITING -> "waiting for a sign-in";
            case EXPIRED -> "expired or revoked: sign in again";
            case DAMAGED -> "damaged: sign in again";
            case FAILING ->
                "not renewed in " + failures + " attempts, " + token() + (reason.isEmpty() ? "" : " (" + reason + ")");
        };
    }

    private String renewal() {
        return renewed.map(time -> "renewed " + Durations.toText(Duration.between(time, now)) + " ago, ")
                .orElse("");
    }

    private String token() {
        return left().map(left -> left.isNegative()
                        ? "token ended " + Durations.toText(left.negated()) + " ago"
                        : "token good for " + Durations.toText(left))
                .orElse("nothing to renew");
    }

    private static Optional<Instant> time(Map<String, String> facts, String name) {
        return Optional.of(number(facts, name)).filter(seconds -> seconds > 0).map(Instant::ofEpochSecond);
    }

    private static long number(Map<String, String> facts, String name) {
        String value = facts.getOrDefault(name, "");
        return value.matches("\\d{1,12}") ? Long.parseLong(value) : 0;
    }
}
