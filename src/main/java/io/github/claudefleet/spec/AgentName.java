package io.github.claudefleet.spec;

/** An agent's name within its fleet, unique there; a replica's name ends in its number. */
public record AgentName(String value) implements Comparable<AgentName> {

    /** @throws InvalidSpecException if the value is not up to 40 lower-case letters, digits, dots and hyphens */
    public AgentName {
        Names.check("agent.name", value);
        if (value.equals("auth")) {
            throw new InvalidSpecException(
                    "agent.name", "\"auth\" is the name of the fleet's auth container", "Choose another name.");
        }
    }

    /** Whether a text can be one. */
    public static boolean isOne(String text) {
        return Names.isValid(text) && !text.equals("auth");
    }

    /** The name of the n-th of several replicas, counted from 1. */
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
