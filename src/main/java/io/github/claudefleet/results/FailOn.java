package io.github.claudefleet.results;

import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.task.Outcome;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Outcomes that fail a build.
 *
 * @param outcomes outcomes that count against the build
 */
public record FailOn(Set<Outcome> outcomes) {

    /** All outcomes but {@code done} and {@code not chosen}. */
    public static final FailOn DEFAULT = new FailOn(EnumSet.complementOf(EnumSet.of(Outcome.DONE, Outcome.NOT_CHOSEN)));

    public FailOn {
        outcomes = Collections.unmodifiableSet(outcomes);
    }

    /** Returns the outcomes that a pom names, or the default for none, which Maven passes as null or an empty list. */
    public static FailOn of(List<String> words) {
        return words == null || words.isEmpty() ? DEFAULT : parse(words);
    }

    /**
     * Parses the outcomes that a pom names: their values, with spaces or hyphens, or {@code all} or {@code none}.
     *
     * @throws InvalidSpecException if a value is not an outcome
     */
    static FailOn parse(List<String> words) {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        for (String word : words) {
            switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "all" -> outcomes.addAll(DEFAULT.outcomes());
                case "none", "" -> {}
                default -> outcomes.add(outcome(word));
            }
        }
        return new FailOn(outcomes);
    }

    private static Outcome outcome(String word) {
        String wanted = word.strip().toLowerCase(Locale.ROOT).replace('-', ' ');
        return DEFAULT.outcomes().stream()
                .filter(outcome -> outcome.value().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        "failOn",
                        "\"" + word.strip() + "\" is no outcome that a build can fail on",
                        "Use some of: " + words()));
    }

    private static String words() {
        return DEFAULT.outcomes().stream().map(Outcome::value).collect(Collectors.joining(", ")) + ", all, none.";
    }
}
