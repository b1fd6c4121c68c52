package io.github.claudefleet.spec;

/** When a fleet ends by itself. */
public enum Lifetime {
    /** With the build that started it, however that ends. */
    BUILD("build"),
    /** Not at all: {@code stop} ends it. */
    DETACHED("detached");

    private final String value;

    Lifetime(String value) {
        this.value = value;
    }

    /** The word that a pom and a label use. */
    public String value() {
        return value;
    }

    /** @throws InvalidSpecException if the word is none of these */
    public static Lifetime of(String value) {
        return EnumParser.of("lifetime", value, values(), Lifetime::value);
    }
}
