package io.github.claudefleet.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numeric user and group that a fleet's processes run as; never root. */
public record ContainerUser(int uid, int gid) {

    /** User of the agents if Maven itself runs as root, as in many CI containers. */
    public static final ContainerUser FOR_ROOT = new ContainerUser(1000, 1000);

    private static final Pattern FORM = Pattern.compile("(\\d{1,10})(?::(\\d{1,10}))?");

    /** @throws InvalidSpecException if the user is root */
    public ContainerUser {
        if (uid == 0) {
            throw new InvalidSpecException(
                    "user",
                    "is root, which the Claude Code CLI refuses to skip permission checks for",
                    "Use another user's numbers, such as 1000:1000.");
        }
    }

    /**
     * Parses a user and, optionally, its group; the group's default is the user's number.
     *
     * @param text {@code UID} or {@code UID:GID}, numeric
     * @throws InvalidSpecException if the text does not have this form, or the user is root
     */
    public static ContainerUser parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        try {
            if (matcher.matches()) {
                int uid = Integer.parseInt(matcher.group(1));
                return new ContainerUser(uid, matcher.group(2) == null ? uid : Integer.parseInt(matcher.group(2)));
            }
        } catch (NumberFormatException e) {
            throw none(text);
        }
        throw none(text);
    }

    private static InvalidSpecException none(String text) {
        return new InvalidSpecException(
                "user", "\"" + text + "\" is not UID:GID", "Use numbers, such as 1000:1000 (see: id -u; id -g).");
    }

    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
