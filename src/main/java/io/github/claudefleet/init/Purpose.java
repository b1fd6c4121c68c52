package io.github.claudefleet.init;

import io.github.claudefleet.spec.InvalidSpecException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Purpose of a new fleet, which decides its agent, its tasks and its prompt files. */
public enum Purpose {
    /** One agent reviews the project and changes nothing. */
    REVIEW("review", "reviewer", "an agent reviews the project"),
    /** Agents share the failing tests of the build. */
    FIX_TESTS("fix-tests", "fixer", "agents fix the tests that fail"),
    /** Agents share tasks, one for each prompt file of a folder. */
    TASKS("tasks", "worker", "agents share tasks, one for each file"),
    /** One agent works on a prompt that the user has written. */
    CUSTOM("custom", "agent", "an agent works on your own prompt");

    private final String value;
    private final String agent;
    private final String summary;

    Purpose(String value, String agent, String summary) {
        this.value = value;
        this.agent = agent;
        this.summary = summary;
    }

    /**
     * Returns the purpose for a value.
     *
     * @throws InvalidSpecException if the value is unknown
     */
    public static Purpose of(String value) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.value.equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidSpecException(
                        "init.purpose", "\"" + value + "\" is unknown", "Use one of: " + allValues() + "."));
    }

    private static String allValues() {
        return Arrays.stream(values()).map(Purpose::value).collect(Collectors.joining(", "));
    }

    /** Returns the value of the parameter. */
    public String value() {
        return value;
    }

    /** Returns the agent's name if the user gives none. */
    public String defaultAgent() {
        return agent;
    }

    /** Returns a description for a person who chooses. */
    public String summary() {
        return summary;
    }

    /** Returns true if the agent has one prompt, which the user may write. */
    public boolean hasPrompt() {
        return this != TASKS;
    }

    /** Returns the command lines that come after {@code init}, in this order. */
    public List<String> nextCommands() {
        return this == FIX_TESTS
                ? List.of("mvn claude-fleet:auth", "mvn -Dmaven.test.failure.ignore verify", "mvn claude-fleet:run")
                : List.of("mvn claude-fleet:auth", "mvn claude-fleet:start");
    }
}
