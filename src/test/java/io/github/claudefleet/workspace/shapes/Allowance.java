package io.github.claudefleet.workspace.shapes;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Differences that were promised, by their names in a {@link HostSnapshot}. */
public record Allowance(List<Pattern> patterns) {

    /** None at all. */
    public static final Allowance NONE = new Allowance(List.of());

    /** Branches of a fleet, and its own refs, which are no branches. */
    public static Allowance branchesOf(String fleet) {
        return NONE.and("ref refs/heads/claude-fleet/" + fleet + "/.*")
                .and("ref refs/claude-fleet/.*")
                .and("(.*/)?logs/refs/heads/claude-fleet/" + fleet + "/.*")
                .and("(.*/)?logs/refs/claude-fleet/.*");
    }

    /** These, and those of names that match a pattern. */
    public Allowance and(String pattern) {
        return new Allowance(Stream.concat(patterns.stream(), Stream.of(Pattern.compile(pattern, Pattern.DOTALL)))
                .toList());
    }

    boolean covers(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
