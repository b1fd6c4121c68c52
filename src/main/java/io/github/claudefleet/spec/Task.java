package io.github.claudefleet.spec;

import java.nio.charset.StandardCharsets;

/**
 * Prompt for the CLI, with an id.
 *
 * @param id id under which its results are found
 * @param prompt prompt to work on
 */
public record Task(TaskId id, Prompt prompt) {

    /**
     * Returns a hash that distinguishes a changed prompt from one sent before; {@code sha256sum} of its text is equal.
     */
    public String promptHash() {
        return new Sha256().add(prompt.text().getBytes(StandardCharsets.UTF_8)).hex();
    }
}
