package io.github.claudefleet.spec;

/** Part of Claude Code's state that the agents of one fleet share. */
public enum Sharing {
    /** Login only, which agents can read but not write; each agent has its own other state. */
    LOGIN("login"),
    /** One read-write directory for everything, as in the original pattern: settings, transcripts and login. */
    ALL("all"),
    /**
     * Equivalent of {@link #ALL}, used because the installed CLI can't separate the login; never configured in a pom.
     */
    ALL_BY_FALLBACK("all-by-fallback");

    private final String value;

    Sharing(String value) {
        this.value = value;
    }

    /** Returns the value in a pom. */
    public String value() {
        return value;
    }

    /** Checks whether only the login is shared. */
    public boolean separatesLogin() {
        return this == LOGIN;
    }

    /**
     * Returns the way of sharing for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static Sharing of(String value) {
        return EnumParser.of("sharing", value, new Sharing[] {LOGIN, ALL}, Sharing::value);
    }
}
