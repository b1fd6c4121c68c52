package io.github.claudefleet.spec;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Place where a check runs. */
public enum CheckPlace {
    /** The agent's own container, which the agent may have prepared. */
    AGENT("agent"),
    /** A new container of the agent's image, with the agent's changes, without a network or a login. */
    CONTAINER("container"),
    /** This machine, in a new directory with the agent's changes. */
    BUILD("build");

    private final String value;

    CheckPlace(String value) {
        this.value = value;
    }

    /** Returns the value that a pom uses. */
    public String value() {
        return value;
    }

    /**
     * Returns the place with this value.
     *
     * @throws InvalidSpecException if there is none
     */
    public static CheckPlace of(String value) {
        return Arrays.stream(values())
                .filter(place -> place.value.equals(value.strip()))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        "agent.check.where",
                        "\"" + value + "\" is not known",
                        "Use one of "
                                + Arrays.stream(values()).map(CheckPlace::value).collect(Collectors.joining(", "))
                                + "."));
    }
}
