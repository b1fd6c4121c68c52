package io.github.claudefleet.spec;

/** When an image is fetched from its registry. */
public enum PullPolicy {
    /** When the engine doesn't have it. */
    MISSING("missing"),
    /** Each time, so that a tag that has moved is noticed. */
    ALWAYS("always"),
    /** Not at all: an image that the engine doesn't have is an error. */
    NEVER("never");

    private final String word;

    PullPolicy(String word) {
        this.word = word;
    }

    /** The word that a pom uses for it. */
    public String word() {
        return word;
    }

    /**
     * The policy of that word.
     *
     * @throws InvalidSpecException if there is none
     */
    public static PullPolicy of(String word) {
        return Choice.of("image.pull", word, values(), PullPolicy::word);
    }
}
