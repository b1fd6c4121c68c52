package io.github.claudefleet.spec;

/** Way to choose one of several candidates. */
public enum Selection {
    /** The first one that is done. The others are stopped. */
    FIRST("first"),
    /** Of those that are done, the one with the smallest change. */
    SMALLEST("smallest"),
    /** Of those that are done, the one that another agent chooses. */
    JUDGE("judge");

    private final String value;

    Selection(String value) {
        this.value = value;
    }

    /** Returns the value that a pom uses. */
    public String value() {
        return value;
    }

    /** Checks whether a task must have a check. Otherwise the agent would be its own judge. */
    public boolean needsCheck() {
        return this != JUDGE;
    }

    /**
     * Returns the selection with this value.
     *
     * @throws InvalidSpecException if there is none
     */
    public static Selection of(String value) {
        return EnumParser.of("agent.select", value.strip(), values(), Selection::value);
    }
}
