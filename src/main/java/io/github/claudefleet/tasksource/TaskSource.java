package io.github.claudefleet.tasksource;

import java.util.Optional;

/** Source of tasks, one for each of its rows. */
@FunctionalInterface
public interface TaskSource {

    /**
     * Reads the source.
     *
     * @throws io.github.claudefleet.spec.InvalidSpecException if it can't be read
     */
    Rows read();

    /**
     * Returns the prompt that a row gets if the pom has none; empty if the pom must have one.
     *
     * @param grouped true if a task is made of several rows
     */
    default Optional<String> defaultPrompt(boolean grouped) {
        return Optional.empty();
    }
}
