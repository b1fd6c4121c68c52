package io.github.claudefleet.spec;

/** Name of an agent, unique in its fleet. A replica's name ends in its number. */
public record AgentName(String value) implements Comparable<AgentName> {

    /** @throws InvalidSpecException if the value is not up to 40 lower-case letters, digits, dots and hyphens */
    public AgentName {
        Names.check("agent.name", value);
        if (value.equals("auth")) {
            throw new InvalidSpecException(
                    "agent.name", "\"auth\" is the name of the fleet's auth container", "Choose another name.");
        }
    }

    /** Checks whether a text is a valid agent name. */
    public static boolean isOne(String text) {
        return Names.isValid(text) && !text.equals("auth");
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
