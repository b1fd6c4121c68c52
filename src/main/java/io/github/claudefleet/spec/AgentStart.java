package io.github.claudefleet.spec;

/** Start of a workspace from what other agents made: what happens if their changes conflict. */
public enum AgentStart {
    /** The task fails, and names the files. */
    FAIL_ON_CONFLICT("fail"),
    /** The agent gets the files with git's conflict markers, and is told so. */
    LEAVE_CONFLICTS("leave");

    private final String value;

    AgentStart(String value) {
        this.value = value;
    }

    /** Returns the value that a pom uses. */
    public String value() {
        return value;
    }

    /**
     * Returns the start with this value.
     *
     * @throws InvalidSpecException if there is none
     */
    public static AgentStart of(String value) {
        for (AgentStart start : values()) {
            if (start.value.equals(value.strip())) {
                return start;
            }
        }
        throw new InvalidSpecException(
                "workspace.onConflict", "\"" + value + "\" is not known", "Use fail (the default) or leave.");
    }
}
