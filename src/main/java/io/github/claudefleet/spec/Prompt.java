package io.github.claudefleet.spec;

/**
 * Prompt that an agent works on once.
 *
 * @param text text of the prompt, never blank
 */
public record Prompt(String text) {

    /** @throws InvalidSpecException if there is no text */
    public Prompt {
        if (text.isBlank()) {
            throw new InvalidSpecException(
                    "agent.prompt", "is empty", "Write what the agent shall do, or leave it out for an idle agent.");
        }
    }
}
