package io.github.claudefleet.spec;

/** When an image is fetched from its registry. */
public enum PullPolicy {
    /** When the engine doesn't have it. */
    MISSING("missing"),
    /** Each time, so that a tag that has moved is noticed. */
    ALWAYS("always"),
    /** Not at all: an image that the engine doesn't have is an error. */
    NEVER("never");

    private final String value;

    PullPolicy(String value) {
        this.value = value;
    }

    /** The word that a pom uses for it. */
    public String value() {
        return value;
    }

    /**
     * The policy of that word.
     *
     * @throws InvalidSpecException if there is none
     */
    public static PullPolicy of(String value) {
        return EnumParser.of("image.pull", value, values(), PullPolicy::value);
    }
}
