package io.github.claudefleet.spec;

/** How much of Claude Code's state the agents of one fleet have in common. */
public enum Sharing {
    /** The login alone, which agents read and cannot write; each agent's other state is its own. */
    LOGIN("login"),
    /** One directory, read-write, for everything, as in the original pattern: settings, transcripts and login. */
    ALL("all"),
    /** The same, because the installed CLI can't separate the login; never asked for by a pom. */
    ALL_BY_FALLBACK("all-by-fallback");

    private final String value;

    Sharing(String value) {
        this.value = value;
    }

    /** The word that a pom uses for it. */
    public String value() {
        return value;
    }

    /** Whether the login alone is shared. */
    public boolean separatesLogin() {
        return this == LOGIN;
    }

    /**
     * The way of sharing of that word.
     *
     * @throws InvalidSpecException if there is none
     */
    public static Sharing of(String value) {
        return EnumParser.of("sharing", value, new Sharing[] {LOGIN, ALL}, Sharing::value);
    }
}
