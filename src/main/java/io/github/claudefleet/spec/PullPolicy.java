package io.github.claudefleet.spec;

/** Policy for pulling an image from its registry. */
public enum PullPolicy {
    /** Pulls if the engine doesn't have the image. */
    MISSING("missing"),
    /** Pulls each time, so that a moved tag is noticed. */
    ALWAYS("always"),
    /** Never pulls: an image that the engine doesn't have is an error. */
    NEVER("never");

    private final String value;

    PullPolicy(String value) {
        this.value = value;
    }

    /** Returns the value in a pom. */
    public String value() {
        return value;
    }

    /**
     * Returns the policy for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static PullPolicy of(String value) {
        return EnumParser.of("image.pull", value, values(), PullPolicy::value);
    }
}
