package io.github.claudefleet.spec;

import java.util.Set;

/** Name of an agent, unique in its fleet. A replica's name ends in its number. */
public record AgentName(String value) implements Comparable<AgentName> {

    private static final Set<String> TAKEN = Set.of("auth", "gateway");

    /** @throws InvalidSpecException if the value is not up to 40 lower-case letters, digits, dots and hyphens */
    public AgentName {
        Names.check("agent.name", value);
        if (TAKEN.contains(value)) {
            throw new InvalidSpecException(
                    "agent.name",
                    "\"" + value + "\" is the name of another container of the fleet",
                    "Choose another name.");
        }
    }

    /** Checks whether a text is a valid agent name. */
    public static boolean isOne(String text) {
        return Names.isValid(text) && !TAKEN.contains(text);
    }

    /** Returns the name of the n-th replica, counted from 1. */
    public AgentName replica(int number) {
        return new AgentName(value + "-" + number);
    }

    @Override
    public int compareTo(AgentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
