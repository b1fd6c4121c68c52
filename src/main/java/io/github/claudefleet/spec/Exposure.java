package io.github.claudefleet.spec;

/** Place of the credential with which an agent's requests reach the model. */
public enum Exposure {
    /** The agent has the credential. */
    AGENT("agent"),
    /** The gateway has the credential and adds it to requests; the agent has a placeholder. */
    GATEWAY("gateway");

    private final String value;

    Exposure(String value) {
        this.value = value;
    }

    /** Returns the value in a pom. */
    public String value() {
        return value;
    }

    /**
     * Returns the exposure for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static Exposure of(String value) {
        return EnumParser.of("auth.exposure", value.strip(), values(), Exposure::value);
    }
}
