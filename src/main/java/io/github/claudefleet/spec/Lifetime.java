package io.github.claudefleet.spec;

/** When a fleet ends by itself. */
public enum Lifetime {
    /** With the build that started it, however that ends. */
    BUILD("build"),
    /** Not at all: {@code stop} ends it. */
    DETACHED("detached");

    private final String word;

    Lifetime(String word) {
        this.word = word;
    }

    /** The word that a pom and a label use. */
    public String word() {
        return word;
    }

    /** @throws InvalidSpecException if the word is none of these */
    public static Lifetime of(String word) {
        return Choice.of("lifetime", word, values(), Lifetime::word);
    }
}
