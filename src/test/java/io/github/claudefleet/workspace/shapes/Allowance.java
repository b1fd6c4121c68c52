package io.github.claudefleet.workspace.shapes;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Allowed differences, by their names in a {@link HostSnapshot}. */
public record Allowance(List<Pattern> patterns) {

    /** No differences. */
    public static final Allowance NONE = new Allowance(List.of());

    /** Branches of a fleet, and its own refs outside of branches. */
    public static Allowance branchesOf(String fleet) {
        return NONE.and("ref refs/heads/claude-fleet/" + fleet + "/.*")
                .and("ref refs/claude-fleet/.*")
                .and("(.*/)?logs/refs/heads/claude-fleet/" + fleet + "/.*")
                .and("(.*/)?logs/refs/claude-fleet/.*");
    }

    /** Adds differences with names that match a pattern. */
    public Allowance and(String pattern) {
        return new Allowance(Stream.concat(patterns.stream(), Stream.of(Pattern.compile(pattern, Pattern.DOTALL)))
                .toList());
    }

    boolean covers(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
