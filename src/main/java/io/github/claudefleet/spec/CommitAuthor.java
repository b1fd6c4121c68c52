package io.github.claudefleet.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who a git commit is by. */
public record CommitAuthor(String name, String email) {

    /** Of what nobody in particular did. */
    public static final CommitAuthor FLEET = new CommitAuthor("claude-fleet", "claude-fleet@localhost");

    private static final Pattern FORM = Pattern.compile("([^<>\\p{Cc}]*[^<>\\s\\p{Cc}])\\s*<([^<>\\s\\p{Cc}]+)>");

    /** That agent, unless the pom says otherwise. */
    public static CommitAuthor of(AgentName agent) {
        return new CommitAuthor("Agent " + agent, FLEET.email);
    }

    /** @throws InvalidSpecException unless it is {@code NAME <EMAIL>} */
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
