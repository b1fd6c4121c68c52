package io.github.claudefleet.spec;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a fleet's keeper says of itself and of the login that it keeps.
 *
 * @param doing what it is at
 * @param now the time where it runs, when it was asked
 * @param expires when the access token ends; empty where there is none that could be renewed
 * @param renewed when it last renewed the login; empty where it hasn't yet
 * @param failures how often in a row a renewal came to nothing
 * @param restarts how often it was killed and came back
 */
public record KeeperState(
        Doing doing, Instant now, Optional<Instant> expires, Optional<Instant> renewed, int failures, int restarts) {

    /** What a keeper is at, in the words that it uses itself. */
    public enum Doing {
        /** All is well. */
        KEEPING("keeping"),
        /** The CLI is at a refresh. */
        REFRESHING("refreshing"),
        /** There is no login; somebody has to sign in. */
        WAITING("waiting"),
        /** The service has ended the login; somebody has to sign in again. */
        EXPIRED("expired"),
        /** The login's file is damaged; somebody has to sign in again, unless the last good login is put back. */
        DAMAGED("damaged"),
        /** Renewals come to nothing; it goes on trying. */
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
     * Reads the lines {@code doing=…}, {@code expires=…}, {@code refreshed=…}, {@code failures=…}, {@code restarts=…} of
     * the keeper's state file and the line {@code now=…}, all times in epoch seconds; empty where they tell no state.
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
                (int) number(facts, "restarts"));
    }

    /** How long the access token is still good, negative where it has ended. */
    public Optional<Duration> left() {
        return expires.map(end -> Duration.between(now, end));
    }

    /** A sentence without an end, such as {@code renewed 3m ago, token good for 7h 52m}. */
    public String text() {
        return switch (doing) {
            case KEEPING -> renewal() + token();
            case REFRESHING -> "being renewed, " + token();
            case WAITING -> "waiting for a sign-in";
            case EXPIRED -> "expired or revoked: sign in again";
            case DAMAGED -> "damaged: sign in again";
            case FAILING -> "not renewed in " + failures + " attempts, " + token();
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
