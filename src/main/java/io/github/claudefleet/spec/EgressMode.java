package io.github.claudefleet.spec;

/** Rule for the network connections that an agent may open. */
public enum EgressMode {
    /** Only the model's API and the listed hosts. */
    ALLOW("allow"),
    /** Everything, and each host is reported. */
    AUDIT("audit"),
    /** Everything, without a gateway. Nothing is reported. */
    OPEN("open"),
    /** Only the model's API. */
    NONE("none");

    private final String value;

    EgressMode(String value) {
        this.value = value;
    }

    /** Returns the value in a pom. */
    public String value() {
        return value;
    }

    /**
     * Returns the mode for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static EgressMode of(String value) {
        return EnumParser.of("egress.mode", value.strip(), values(), EgressMode::value);
    }
}
