package io.github.claudefleet.config;

import io.github.claudefleet.spec.InvalidSpecException;

/** Configuration of an element of {@code <dependsOn>}; plain text is the name. */
public class DependencyConfiguration {

    private String name;
    private String onFailure;

    /** Sets a plain name: {@code <agent>fixer</agent>}. */
    public void set(String text) {
        name = text;
    }

    /**
     * Returns the agent or the task, as {@code AGENT} or {@code AGENT/TASK}.
     *
     * @throws InvalidSpecException if there is none
     */
    String name() {
        if (name == null || name.isBlank()) {
            throw new InvalidSpecException(
                    "agent.dependsOn", "names nothing", "Name an agent, or one of its tasks as AGENT/TASK.");
        }
        return name.strip();
    }

    /**
     * Returns true if the tasks begin even if the other one failed.
     *
     * @throws InvalidSpecException if the word is unknown
     */
    boolean continues() {
        return switch (onFailure == null ? "skip" : onFailure.strip()) {
            case "skip" -> false;
            case "continue" -> true;
            default ->
                throw new InvalidSpecException(
                        "agent.dependsOn.onFailure",
                        "\"" + onFailure + "\" is not known",
                        "Use skip (the default) or continue.");
        };
    }
}
