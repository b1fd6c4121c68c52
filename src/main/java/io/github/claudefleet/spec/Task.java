package io.github.claudefleet.spec;

import java.nio.charset.StandardCharsets;

/**
 * A prompt for one run of the CLI.
 *
 * @param id under which its results are found
 * @param prompt what to do
 */
public record Task(TaskId id, Prompt prompt) {

    /** What tells a changed prompt from one that was sent before; {@code sha256sum} of its text says the same. */
    public String promptHash() {
        return new Sha256().add(prompt.text().getBytes(StandardCharsets.UTF_8)).hex();
    }
}
