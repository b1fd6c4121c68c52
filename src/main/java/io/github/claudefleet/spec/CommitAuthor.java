package io.github.claudefleet.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Author of a git commit. */
public record CommitAuthor(String name, String email) {

    /** Author of commits that belong to no particular agent. */
    public static final CommitAuthor FLEET = new CommitAuthor("claude-fleet", "claude-fleet@localhost");

    private static final Pattern FORM = Pattern.compile("([^<>\\p{Cc}]*[^<>\\s\\p{Cc}])\\s*<([^<>\\s\\p{Cc}]+)>");

    /** Returns the author of an agent's commits if the pom configures none. */
    public static CommitAuthor of(AgentName agent) {
        return new CommitAuthor("Agent " + agent, FLEET.email);
    }

    /**
     * Parses {@code NAME <EMAIL>}.
     *
     * @throws InvalidSpecException if the text does not have this form
     */
    public static CommitAuthor parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new InvalidSpecException(
                    "workspace.author",
                    "\"" + text + "\" is not NAME <EMAIL>",
                    "Write something like Bot <bot@example.org>.");
        }
        return new CommitAuthor(matcher.group(1).strip(), matcher.group(2));
    }
}
