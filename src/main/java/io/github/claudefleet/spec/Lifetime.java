package io.github.claudefleet.spec;

/** Condition under which a fleet ends by itself. */
public enum Lifetime {
    /** Ends with the build that started it, even if the build is killed. */
    BUILD("build"),
    /** Never ends by itself: {@code stop} ends it. */
    DETACHED("detached");

    private final String value;

    Lifetime(String value) {
        this.value = value;
    }

    /** Returns the value in a pom and in labels. */
    public String value() {
        return value;
    }

    /**
     * Returns the lifetime for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static Lifetime of(String value) {
        return EnumParser.of("lifetime", value, values(), Lifetime::value);
    }
}
