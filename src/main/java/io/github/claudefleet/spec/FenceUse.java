package io.github.claudefleet.spec;

/** Need of a proof that an agent reaches others through its gateway alone, on engines that may not enforce it. */
public enum FenceUse {
    /** An agent without the proof does not begin. */
    REQUIRED("required"),
    /** An agent without the proof says so and begins. The gateway is then a proxy that it can go around. */
    OPTIONAL("optional");

    private final String value;

    FenceUse(String value) {
        this.value = value;
    }

    /** Returns the value in a pom. */
    public String value() {
        return value;
    }

    /**
     * Returns the constant for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static FenceUse of(String value) {
        return EnumParser.of("egress.fence", value.strip(), values(), FenceUse::value);
    }
}
