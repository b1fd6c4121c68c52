package io.github.claudefleet.spec;

/**
 * Prompt that an agent works on once.
 *
 * @param text text of the prompt, never blank; with references if it refers to what other agents made
 * @param refers true if the text is a template with a {@link Reference}
 */
public record Prompt(String text, boolean refers) {

    /** Creates a prompt that is used as it is. */
    public Prompt(String text) {
        this(text, false);
    }

    /** @throws InvalidSpecException if there is no text */
    public Prompt {
        if (text.isBlank()) {
            throw new InvalidSpecException(
                    "agent.prompt", "is empty", "Write what the agent shall do, or leave it out for an idle agent.");
        }
    }
}
