package io.github.claudefleet.spec;

/**
 * What an agent is asked to do, once.
 *
 * @param text never blank
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
